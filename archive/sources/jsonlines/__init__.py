"""JSON lines: one document a line."""
