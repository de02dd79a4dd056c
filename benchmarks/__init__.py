"""Us and the peers on the same work, in turn, in one run: ratios, not absolute times."""
