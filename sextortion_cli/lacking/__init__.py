"""What the police still lack: read from what the case holds, put beside what they ask for, with a passive way to get it."""
