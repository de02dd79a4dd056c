"""Texts that urge the reader to self-harm, or in which the writer says they will: seen, so that a help card is shown. Never scored, never kept."""
