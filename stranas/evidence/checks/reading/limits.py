"""How much of a file is read. A paper says what it is, when and about whom, on its first pages and on the last."""

MOST_SIGNS = 200_000
# Of a PDF the first pages and the last; of one page so many signs.
MOST_PAGES, MOST_SIGNS_OF_PAGE = 30, 20_000
# Of a table.
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 40, 5_000, 120, 500
# Bytes of a text or CSV file.
MOST_BYTES = 2_000_000
