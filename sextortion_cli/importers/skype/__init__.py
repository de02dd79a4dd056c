"""What Skype's and personal Teams' exports have in common."""
