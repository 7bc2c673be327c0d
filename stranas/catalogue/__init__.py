"""Programmes, periods, items and targets: what is demanded, of whom, in which quarter."""
