"""What the importers of Discord's texts and tables share."""
