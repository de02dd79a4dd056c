"""Where a browser has been: highly private, so that nothing of it is shown but what the person chose."""
