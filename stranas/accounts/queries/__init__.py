"""Questions about people and officials; one file per subject."""
