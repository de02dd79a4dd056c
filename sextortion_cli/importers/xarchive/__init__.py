"""What belongs to X's (Twitter's) archive alone."""
