"""Frozen values that the rest of the package passes around; standard library only, no input or output."""
