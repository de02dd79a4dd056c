"""The command line: thin commands, one contract for words, JSON and exit status (`docs/reference/cli.md`)."""
