"""One reader per format: bytes in; layers, blocks with spans, and embedded metadata out."""
