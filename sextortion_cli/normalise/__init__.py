"""From what a file or a person wrote to a normal form, never without keeping what was written."""
