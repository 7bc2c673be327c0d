"""Prints of texts: remembered by kind and id of what they belong to, found again by their like.

A print is 512 bytes and 32 keys in an index; finding costs one question, whatever the number of prints. What is
found is an estimate (± 0.04): whoever speaks of it compares the words themselves (evidence.likeness).
"""

from dataclasses import dataclass

from sqlalchemy import Select, union_all

from stranas.evidence.likeness import Text
from stranas.evidence.models import PrintBand, TextPrint
from stranas.evidence.sketch import METHOD, Sketch, sketch_of
from stranas.system.db import db, insert_unless_there

FILE, SUBMISSION = "file", "submission"
# A form that thousands fill in shares a key with thousands: so many of each key are looked at, the newest first.
OF_EACH_BAND = 500
CANDIDATES = 40
# What is less alike by its estimate is not worth a comparison of the words.
LIKELY = 0.65


@dataclass(frozen=True)
class Likely:
    """About which part of the text asked for stands in that of the owner."""

    owner_id: int
    part: float


def remember(*, kind: str, owner_id: int, text: Text) -> None:
    """Keep the print of a text, in place of an earlier one of the same owner."""
    sketch = sketch_of(text) or Sketch(b"", 0)
    values = {"method": METHOD, "size": sketch.size, "slots": sketch.slots}
    owner = {"kind": kind, "owner_id": owner_id}
    print_id = insert_unless_there(TextPrint, owner | values, unique=["kind", "owner_id"])
    if print_id is None:
        print_id = _replace(owner, values)
    if print_id is not None and sketch.slots:
        rows = [{"key": key, "print_id": print_id} for key in sketch.bands(kind)]
        db.session.execute(db.insert(PrintBand), rows)


def _replace(owner: dict, values: dict) -> int | None:
    """The id of a print that was changed and has no keys now; None where it is as it was."""
    differs = (TextPrint.method != values["method"]) | (TextPrint.slots != values["slots"])
    print_id = db.session.scalar(
        db.update(TextPrint)
        .where(TextPrint.kind == owner["kind"], TextPrint.owner_id == owner["owner_id"], differs)
        .values(values)
        .returning(TextPrint.id),
        execution_options={"synchronize_session": False},
    )
    if print_id is not None:
        db.session.execute(db.delete(PrintBand).where(PrintBand.print_id == print_id))
    return print_id


def forget(*, kind: str, owner_id: int) -> None:
    print_ids = db.select(TextPrint.id).where(TextPrint.kind == kind, TextPrint.owner_id == owner_id)
    db.session.execute(db.delete(PrintBand).where(PrintBand.print_id.in_(print_ids)))
    db.session.execute(db.delete(TextPrint).where(TextPrint.kind == kind, TextPrint.owner_id == owner_id))


def similar(text: Text, *, kind: str) -> list[Likely]:
    """Owners of texts that are likely to hold most of this one, the likeliest first: at most CANDIDATES. One question.

    Finds what shares two thirds of all sequences of either; of a long text that holds a short one it may find nothing.
    """
    sketch = sketch_of(text)
    if sketch is None:
        return []
    some = [
        db.select(db.select(PrintBand.print_id).where(PrintBand.key == key).order_by(PrintBand.print_id.desc())
        .limit(OF_EACH_BAND).subquery().c.print_id)
        for key in sketch.bands(kind)
    ]  # fmt: skip
    met = union_all(*some).subquery()
    count = db.func.count()
    most = db.select(met.c.print_id).group_by(met.c.print_id).order_by(count.desc()).limit(CANDIDATES).subquery()
    return _likely(sketch, _prints(kind).join(most, most.c.print_id == TextPrint.id))


def similar_among(text: Text, owners: Select[tuple[int]], *, kind: str) -> list[Likely]:
    """The same among these owners alone, each of which is compared: for some thousand at most. One question."""
    sketch = sketch_of(text)
    if sketch is None:
        return []
    return _likely(sketch, _prints(kind).where(TextPrint.owner_id.in_(owners)))


def _prints(kind: str) -> Select:
    return db.select(TextPrint.owner_id, TextPrint.slots, TextPrint.size).where(
        TextPrint.kind == kind, TextPrint.method == METHOD, TextPrint.size > 0
    )


def _likely(sketch: Sketch, query: Select) -> list[Likely]:
    found = [
        Likely(owner_id, sketch.part_in(Sketch(slots, size))) for owner_id, slots, size in db.session.execute(query)
    ]
    return sorted((one for one in found if one.part >= LIKELY), key=lambda one: (-one.part, one.owner_id))
