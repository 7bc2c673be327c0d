"""Machinery without domain. Knows no other room."""
