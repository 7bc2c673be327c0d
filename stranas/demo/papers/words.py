"""What stands above and below on a paper of the demo."""

from stranas.catalogue.models import DocumentKind
from stranas.demo.offices import short
from stranas.demo.story import Leaf
from stranas.system import text

NUMBERED = {
    DocumentKind.DECREE,
    DocumentKind.REGULATION,
    DocumentKind.LETTER,
    DocumentKind.MINUTES_OF_EVENT,
    DocumentKind.SOP,
    DocumentKind.AGREEMENT,
    DocumentKind.STATEMENT,
    DocumentKind.REPORT,
}


def heading(leaf: Leaf) -> list[str]:
    kind = leaf.kind.label.upper()
    lines = [f"{kind}: {leaf.subject}" if len(leaf.subject) < 60 else kind]
    if len(leaf.subject) >= 60:
        lines += [leaf.subject[i : i + 80] for i in range(0, len(leaf.subject), 80)][:3]
    if leaf.kind in NUMBERED:
        lines.append("Nomor: ........................" if leaf.flaw == "S03" else f"Nomor: {leaf.number}")
    return lines


def closing(leaf: Leaf) -> list[str]:
    """Place, date and who signs; without a date where that is the flaw."""
    when = "..................." if leaf.flaw == "S03" else text.day(leaf.dated)
    return [f"{leaf.place}, {when}", f"Pimpinan {short(leaf.office)},", ""]


def is_signed(leaf: Leaf) -> bool:
    return leaf.flaw not in ("S01", "S02")


def is_draft(leaf: Leaf) -> bool:
    return leaf.flaw == "S02"
