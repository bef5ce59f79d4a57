"""What changed between two records, and between two bags of them."""
