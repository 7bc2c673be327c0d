"""Decisions on submissions, with coded reasons."""
