"""How much of a file is more than evidence ever needs. Past these bounds a file is refused before it is opened.

Why these numbers: an agency's thickest paper (a budget law with its annexes) has some 3,000 pages, a worksheet of
a million rows unpacks to about 700 MB, and an A0 map at 300 dpi has 139 megapixels.
"""

MOST_PAGES = 10_000
MOST_UNPACKED = 1_000_000_000
# XML repeats itself, so that honest worksheets shrink to a twentieth, and odd ones to a fiftieth.
MOST_RATIO, RATIO_COUNTS_FROM = 150, 100_000_000
# Bytes of a ZIP's table of contents: about 20,000 entries.
LONGEST_CONTENTS = 2_000_000
DEEPEST_ARCHIVE = 2
MOST_READ_INSIDE = 200_000_000
MOST_PIXELS = 80_000_000
MOST_PIXELS_OF_MAP = 150_000_000


def most_pixels(kind: str) -> int:
    return MOST_PIXELS_OF_MAP if kind == "peta" else MOST_PIXELS
