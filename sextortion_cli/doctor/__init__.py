"""What is wrong with a case or an installation, what is safe, and what to do: explained, never changed. No text of a message is read."""
