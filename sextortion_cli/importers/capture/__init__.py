"""What a file of network packets says about who talked with whom: its records, their headers, and the few messages that name addresses."""
