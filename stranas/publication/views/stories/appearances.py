"""Rekap publikasi: where a story appeared, and the same as a file for the Inspektorat."""
