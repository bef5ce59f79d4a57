"""Mail: messages (RFC 5322) and their parts (RFC 2045 to 2049), and web pages saved in that form (RFC 2557)."""
