"""Pages that imessage-exporter writes: one conversation of Apple Messages each."""
