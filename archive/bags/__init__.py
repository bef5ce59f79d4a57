"""The BagIt format (RFC 8493): codecs, rules, reader, writer."""
