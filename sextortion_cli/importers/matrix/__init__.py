"""What belongs to Matrix alone."""
