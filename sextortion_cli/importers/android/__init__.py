"""Parts of the reader of Android's message store."""
