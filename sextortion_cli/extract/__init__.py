"""What files and texts give away about themselves. Pure: bytes in, values out; nothing here writes."""
