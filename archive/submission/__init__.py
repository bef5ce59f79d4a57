"""Reads a corpus folder: corpus.toml, the sheet, the sidecars, the files, and who goes with whom."""
