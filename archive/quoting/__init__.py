"""Quotations: where one stands in the passages of a document, and from which bytes it follows."""
