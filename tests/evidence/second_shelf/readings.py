"""How the list of checks was read where it can be read in two ways.

Every label that hangs on such a reading takes it from here, so that one line changes all of them.
"""

# The stronger of two codes for the same thing is said alone.
RUNS_ITSELF = frozenset({"macro_runs_itself"})
PROGRAM_ATTACHED = frozenset({"program_inside"})
# A program under a document's name is a program; that its ending is wrong too is not said again.
PROGRAM_DISGUISED = frozenset({"program"})
# Shared drives, shorteners and inner addresses are named as such, and not called "not official" on top.
SHARED_DRIVE = frozenset({"shared_drive"})
LINK_SHORTENED = frozenset({"link_shortened"})
LINK_INSIDE = frozenset({"link_inside"})
# A second official who signs after the first adds to the file, but leaves the first signature whole.
SIGNED_BY_TWO = frozenset({"signature_intact"})
# A .pdf that is a Word file is both misnamed and, for a kind that wants a scan, the wrong type.
MISNAMED_AND_UNFIT = frozenset({"wrong_ending", "wrong_type"})
# What is said of an honest file.
NO_CODE: frozenset[str] = frozenset()
