"""How a workbook looks: formats of numbers, the styles of cells, the colours that go with words."""

from typing import Any

from reports.tables import Column, Kind

FORMATS = {
    Kind.COUNT: "#,##0",
    Kind.RATE: "0.00",
    Kind.NUMBER: "#,##0.####",
    Kind.ORDINAL: "0",
    Kind.DEADLINE: "dd/mm/yyyy hh:mm",
    Kind.MOMENT: "dd/mm/yyyy hh:mm",
    Kind.DAY: "dd/mm/yyyy",
    Kind.FLAG: '"Ya";"Ya";"Tidak"',  # one and nothing: a pivot can add them up
}
WRAPPED = 34  # columns of at least so many characters wrap their text
HEAD_FILL, HEAD_INK, LINE = "0E5057", "FFFFFF", "D5DEDB"
# (ground, ink) of the marks of tokens.css
TONES = {
    "belum": ("E9EEEE", "4A5A61"),
    "draf": ("E5ECF4", "38506B"),
    "siap": ("D8ECEA", "0E5057"),
    "setuju": ("ECE6F7", "573B8A"),
    "kirim": ("E0EBF9", "1B4C8C"),
    "verif": ("DCF0E1", "1B5F32"),
    "tunggu": ("F6ECD2", "654500"),
    "kembali": ("FDE9D9", "913A00"),
    "gagal": ("FBE2E4", "96192A"),
}


class Looks:
    """Styles made once: openpyxl compares styles cell by cell."""

    def __init__(self) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        # Named and sized like the workbook's own: a font without a name is anything at all elsewhere than in Excel.
        plain = {"name": "Calibri", "family": 2, "size": 11}
        self.head_font = Font(**plain, bold=True, color=HEAD_INK)
        self.head_fill = PatternFill("solid", start_color=HEAD_FILL)
        self.title = Font(**plain | {"size": 14}, bold=True)
        self.bold = Font(**plain, bold=True)
        self.warning = Font(**plain, bold=True, color="6B4600")
        self.line = Border(bottom=Side("thin", color=LINE))
        self.wrap = Alignment(wrap_text=True, vertical="top", horizontal="left", indent=1)
        self.head_wrap = Alignment(wrap_text=True, vertical="center", horizontal="center")
        self.text = Alignment(vertical="top", horizontal="left", indent=1)
        self.number = Alignment(vertical="top", horizontal="right", indent=1)

    def of(self, column: Column) -> Any:
        """How its cells stand."""
        if column.kind.is_number or column.kind is Kind.FLAG:
            return self.number
        return self.wrap if column.width >= WRAPPED else self.text


def rule(word: str, mark: str) -> Any:
    """A conditional format by the word that stands in the cell: the colour never says more than the word."""
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import Font, PatternFill

    ground, ink = TONES[mark]
    quoted = word.replace('"', '""')
    return CellIsRule(
        operator="equal",
        formula=[f'"{quoted}"'],
        font=Font(color=ink, bold=True),
        fill=PatternFill("solid", bgColor=ground),
    )
