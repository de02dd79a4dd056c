"""What the finders of contact data share: text as it was meant, hosts that exist, services and their addresses, everyday words."""
