"""The four output gates: nothing from evidence reaches a terminal, a page, a Markdown file or a table without passing one. Pure."""
