"""What belongs to the importer of imessage-exporter's text files."""
