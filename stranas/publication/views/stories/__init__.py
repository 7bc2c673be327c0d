"""Pages of Humas: writing, approving, the kit, where a story appeared, how an agency publishes."""
