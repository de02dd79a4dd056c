"""The words of each language: one table a file, found by being in this folder."""
