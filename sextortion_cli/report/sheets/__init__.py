"""The sections of a page, one file for each kind: plain values made into blocks."""
