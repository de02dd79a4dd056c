"""Encryption with age: keys, the words that give a key back, and a case as one stream. Touches no file itself."""
