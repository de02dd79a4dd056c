"""The case folder: originals, the custody log, readings, the index, and the only code that writes them."""
