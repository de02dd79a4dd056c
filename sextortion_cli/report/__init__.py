"""One file per format of the case file: values in, text out, in streams."""
