"""XML as Android's programs for backups of text messages write it, with pictures as base64 and characters XML does not know."""
