"""Draws pictures and tables of files."""
