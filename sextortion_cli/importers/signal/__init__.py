"""What the importers of Signal's texts share."""
