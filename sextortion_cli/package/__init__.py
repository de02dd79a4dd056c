"""What leaves the house: the form of a package (BagIt, zip, names, the words in it) and how it is checked. Pure: no file is opened here."""
