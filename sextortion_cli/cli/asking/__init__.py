"""Guided mode: one question at a time. What is asked, in which order, stands in `order.py`; every answer becomes an ordinary record."""
