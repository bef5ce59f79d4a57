"""Word-processor files and books: zips of parts, most of them XML."""
