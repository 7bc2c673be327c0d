"""Open data: files, dictionary, catalogue, change log."""
