"""PDF: characters on pages, from which lines and paragraphs are made."""
