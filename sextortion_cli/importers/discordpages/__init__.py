"""Pages that DiscordChatExporter writes."""
