"""The pages that a bag carries for people."""
