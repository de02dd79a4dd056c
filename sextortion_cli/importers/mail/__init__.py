"""What the importers of e-mail share: byte positions, headers, MIME structure, decoding, and the way a mail came."""
