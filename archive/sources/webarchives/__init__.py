"""Web archives: WARC files (ISO 28500), and what they keep of the web's own protocol (RFC 9110, RFC 9112)."""
