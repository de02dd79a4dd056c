"""What pictures and other files say about themselves: one reader per file, run side by side by `read.py`."""
