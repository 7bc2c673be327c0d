"""Stories as everybody reads them, with their pictures."""
