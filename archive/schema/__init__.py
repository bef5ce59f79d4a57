"""Finds the shipped schemas, checks values against them, and returns findings."""
