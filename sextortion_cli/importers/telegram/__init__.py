"""What Telegram exports say and how: shared by the importers of Telegram's formats."""
