"""Finders: one file for each family of identifiers, found by being in this folder."""
