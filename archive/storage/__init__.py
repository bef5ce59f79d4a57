"""Bytes by key: folders on this machine, memory; digests in one pass; staging and publication."""
