"""What the messages of JSON exports have in common: values that find their place, times, HTML shown as text."""
