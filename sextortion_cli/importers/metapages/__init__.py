"""Pages of messages in the downloads of Facebook, Messenger and Instagram."""
