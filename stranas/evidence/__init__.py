"""The document library of each agency, and the checks that look at every file."""
