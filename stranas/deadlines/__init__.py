"""When is what due, for whom."""
