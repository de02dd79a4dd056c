"""HTML as exporters write it: read in pieces, with the place of everything, in bounded memory and linear time."""
