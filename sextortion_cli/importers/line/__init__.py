"""What belongs to the importer of LINE's text exports."""
