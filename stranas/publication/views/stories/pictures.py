"""Pictures of a story: taken in, described, removed."""
