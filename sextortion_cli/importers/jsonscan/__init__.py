"""Byte-exact reading of large, and possibly broken, JSON: every value with its place, nothing replaced, nothing deduplicated in silence."""
