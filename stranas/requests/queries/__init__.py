"""Questions to the requests: who answers for what, what is asked, who holds the ball."""
