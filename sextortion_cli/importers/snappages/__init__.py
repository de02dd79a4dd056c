"""Pages of "My Data" of Snapchat."""
