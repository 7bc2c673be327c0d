"""The shelf: good and nasty files made by scripts, each with the codes that the checks must find.

`python -m tests.evidence.shelf` lays out every file, runs every check, prints how often each was right, and writes
docs/evidence-checks.md. Nothing is stored in the repository: the same scripts make the same files.
"""
