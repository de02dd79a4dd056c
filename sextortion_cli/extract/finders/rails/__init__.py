"""The ways money is sent, and the words people use for them."""
