"""The publication kit: made by one click, looked at, downloaded."""
