"""What belongs to Slack's export alone."""
