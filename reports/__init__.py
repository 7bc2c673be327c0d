"""Builders: plain values in, bytes out. No Flask, no database."""
