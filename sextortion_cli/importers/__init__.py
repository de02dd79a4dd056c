"""One file per export format, found by being in this folder."""
