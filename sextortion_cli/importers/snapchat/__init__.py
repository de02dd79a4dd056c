"""What belongs to Snapchat's "My Data" alone."""
