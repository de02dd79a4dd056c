"""What all JSON exports of messages share: records that tile the file, damage, facts, and a way to say where things lie (`shape.py`)."""
