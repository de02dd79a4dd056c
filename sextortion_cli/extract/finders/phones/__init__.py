"""What the finder of phone numbers is made of."""
