"""Runs a function over items, in order, with bounded work in flight; knows no document."""
