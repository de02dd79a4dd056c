"""Collect evidence of online sexual extortion, passively and checkably."""

__version__ = "0.1.0"
