"""What firewalls of computers and home routers write down: one line per packet or program."""
