"""Humas: figures of released periods, stories about them, the picture kit, the public portal, open data."""
