"""The ladder: plans rows of the outbox for those who still owe."""
