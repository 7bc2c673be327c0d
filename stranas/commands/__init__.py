"""Commands of bin/stranas, by subject."""
