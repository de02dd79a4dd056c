"""Parts of the readers of Apple messages: databases, and the text files of imessage-exporter."""
