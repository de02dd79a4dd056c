"""What WhatsApp writes into its text exports and how: header shapes, calendars, and the app's own phrases in many languages."""
