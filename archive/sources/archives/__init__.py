"""Archives: zip and tar files of documents, and web archives in a zip (WACZ)."""
