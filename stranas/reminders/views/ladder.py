"""The ladder of a programme, and who would get what, when."""
