"""Databases: rows read through SQLite itself, from descriptors, with nothing opened, written or repaired."""
