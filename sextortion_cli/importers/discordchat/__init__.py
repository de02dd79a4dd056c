"""What belongs to Discord's JSON files alone."""
