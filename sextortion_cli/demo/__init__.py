"""The 2018 story with invented people, walked through the real command line: the demonstration and the end-to-end test."""
