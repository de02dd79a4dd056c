"""The nouns of the house: frozen, strict, without input or output."""
