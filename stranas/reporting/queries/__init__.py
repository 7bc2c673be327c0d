"""Questions about obligations and submissions, answered as frozen values; one file per subject."""
