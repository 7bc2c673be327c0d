"""Searching agencies, actions and stories by name."""
