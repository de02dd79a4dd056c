"""Parts of the reader of browsers' histories."""
