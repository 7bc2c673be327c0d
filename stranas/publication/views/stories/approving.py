"""Approving: publish, send back, withdraw."""
