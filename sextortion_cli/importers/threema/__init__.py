"""What belongs to the importer of Threema's text exports."""
