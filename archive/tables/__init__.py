"""The Parquet tables: from records to columns and back to checks."""
