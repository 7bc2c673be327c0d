"""What the Inspektorat asks units for: requests, one-time links, the board."""
