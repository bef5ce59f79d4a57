"""CSV files with a column of texts: one document a row."""
