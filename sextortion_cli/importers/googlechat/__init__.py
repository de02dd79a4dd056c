"""What Google Chat and its forerunner Hangouts write."""
