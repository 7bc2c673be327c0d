"""Obligations, submissions, filings: what an agency owes, writes and sends."""
