"""What to do now: help lines, the first minute, short guides. Facts are data with source and date, for a person to review."""
