"""Texts for units that the Inspektorat sends through its own chat."""
