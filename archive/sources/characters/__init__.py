"""Which characters bytes stand for, and what is wrong with them."""
