"""Agencies (instansi), their spellings, holidays and time zones."""
