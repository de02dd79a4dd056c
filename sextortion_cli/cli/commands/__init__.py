"""One file per command: read options, call one function of a chapter, print."""
