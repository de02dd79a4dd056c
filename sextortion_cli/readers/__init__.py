"""Everything that interprets evidence runs in here: a limited child process per object, and an account by other code than the reader's."""
