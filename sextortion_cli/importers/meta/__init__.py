"""What Meta's downloads (Instagram, Messenger, Facebook) say and how: shared by the importers of them."""
