"""Formats into which the records of bags are written out, one module each; nothing here writes into a bag."""
