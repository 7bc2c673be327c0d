"""Printed parts bound into one book: one PDF with one structure tree, one outline, running heads and feet.

Every part was printed apart, so that memory stays bounded by the largest of them. What is said of the whole
(page numbers, contents, tags, title, language, attachments) is put in here, by pikepdf.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

LANGUAGE = "id-ID"
AUTHOR = "Pelaporan Aksi PK"
TO_PAGE = "halaman:"  # the address of a link to a page of the whole book, as a part writes it
CONTENTS_MARK = re.compile(rf"^{TO_PAGE}(\d+)$")


@dataclass(frozen=True)
class Entry:
    """A line of contents and outline: a heading, on which page (from 1), and the headings below it."""

    title: str
    page: int
    below: tuple["Entry", ...] = ()


@dataclass(frozen=True)
class Part:
    """A printed part on disk. `continues`: its headings belong below the last heading of the part before."""

    file: Path
    pages: int
    headings: tuple[Entry, ...]
    continues: bool = False


@dataclass(frozen=True)
class Facts:
    """What the file says of itself. `made_at` stands for every date, so that the same content gives the same bytes."""

    title: str
    made_at: datetime
    attachments: Mapping[str, tuple[bytes, str]] = field(default_factory=dict)  # name: (CSV, description)


def part(file: Path, *, continues: bool = False) -> Part:
    """What a printed file holds: how many pages, and its headings from its own bookmarks."""
    with Pdf.open(file) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        with pdf.open_outline() as outline:
            headings = tuple(_headings(outline.root, numbers))
        return Part(file, len(pdf.pages), headings, continues)


def _headings(items: Sequence[OutlineItem], numbers: Mapping[tuple[int, int], int]) -> Iterator[Entry]:
    for item in items:
        yield Entry(item.title, numbers[item.destination[0].objgen], tuple(_headings(item.children, numbers)))


def contents(parts: Sequence[Part]) -> tuple[Entry, ...]:
    """The headings of the whole book, with the pages of the whole book."""
    lines: list[Entry] = []
    before = 0
    for one in parts:
        moved = [_moved(entry, before) for entry in one.headings]
        if one.continues:
            last = lines.pop()
            lines.append(Entry(last.title, last.page, (*last.below, *moved)))
        else:
            lines += moved
        before += one.pages
    return tuple(lines)


def _moved(entry: Entry, by: int) -> Entry:
    return Entry(entry.title, entry.page + by, tuple(_moved(below, by) for below in entry.below))


def bind(parts: Sequence[Part], running: Path, to: Path, facts: Facts) -> None:
    """All parts in order. `running`: a PDF of as many pages, laid over them as heads and feet."""
    with Pdf.new() as book:
        book.Root.Lang = String(LANGUAGE)
        tree = _Tree(book)
        sources = [Pdf.open(one.file) for one in parts]
        for source in sources:
            tree.take(source)
        tree.finish()
        with Pdf.open(running) as over:
            _lay_over(book, over)
            _turn_links(book)
            _outline(book, contents(parts))
            _attach(book, facts)
            _say(book, facts)
            generate = pikepdf.ObjectStreamMode.generate
            book.save(to, min_version="1.7", object_stream_mode=generate, deterministic_id=True)
        for source in sources:
            source.close()


class _Tree:
    """The structure tree of the book: the parts' elements below one Document, their numbers made unique.

    A part numbers its pages and links (StructParents) from 0 and names its table heads by its own object numbers:
    both are moved before the part is copied.
    """

    def __init__(self, book: Pdf) -> None:
        self.book = book
        self.root = book.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.document = book.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, P=self.root, K=Array(), Lang=String(LANGUAGE))
        )
        self.numbers = Array()
        self.ids: dict[str, Any] = {}
        self.parts = self.count = 0

    def take(self, source: Pdf) -> None:
        """The pages of a printed part with their tags."""
        self.parts += 1
        prefix = f"{self.parts:03}-"
        _rename_heads(source, prefix)
        used = _move_numbers(source, self.count)
        self.book.pages.extend(source.pages)  # first: what points to a page then points to its copy
        root = self.book.copy_foreign(source.Root.StructTreeRoot)
        for element in root.K[0].K:
            element.P = self.document
            self.document.K.append(element)
        for place in range(0, len(root.ParentTree.Nums), 2):
            self.numbers.append(root.ParentTree.Nums[place] + self.count)
            self.numbers.append(root.ParentTree.Nums[place + 1])
        self.count += used

    def finish(self) -> None:
        self.root.K = Array([self.document])
        self.root.ParentTree = self.book.make_indirect(Dictionary(Nums=self.numbers))
        self.root.ParentTreeNextKey = self.count
        self._name_heads()
        self.book.Root.StructTreeRoot = self.root
        self.book.Root.MarkInfo = Dictionary(Marked=True)
        self.book.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)

    def _name_heads(self) -> None:
        """The table heads by their ids, which the cells below them name."""
        heads = {str(one.ID): one for one in self.book.objects if _is_head(one)}
        names = Array()
        for key in sorted(heads):
            names.append(String(key))
            names.append(heads[key])
        self.root.IDTree = self.book.make_indirect(Dictionary(Names=names, Limits=Array(sorted(heads)[:1])))


def _is_head(one: Any) -> bool:
    return isinstance(one, Dictionary) and one.get("/Type") == Name.StructElem and "/ID" in one


def _rename_heads(source: Pdf, prefix: str) -> None:
    for one in source.objects:
        if not isinstance(one, Dictionary) or one.get("/Type") != Name.StructElem:
            continue
        if "/ID" in one:
            one.ID = String(prefix + str(one.ID))
        if "/A" in one and "/Headers" in one.A:
            one.A.Headers = Array(String(prefix + str(head)) for head in one.A.Headers)


def _move_numbers(source: Pdf, by: int) -> int:
    """Move StructParents and StructParent; how many numbers the part uses."""
    for page in source.pages:
        page.StructParents += by
        for note in page.get("/Annots", ()):
            if "/StructParent" in note:
                note.StructParent += by
    return len(source.Root.StructTreeRoot.ParentTree.Nums) // 2


def _lay_over(book: Pdf, over: Pdf) -> None:
    """Heads and feet are artifacts: a screen reader would otherwise read them on every page.

    A part turns its coordinates and does not turn them back, hence q and Q around what it wrote.
    """
    for number, (page, sheet) in enumerate(zip(book.pages, over.pages, strict=True), 1):
        name = Name(f"/Kaki{number}")
        page.add_resource(book.copy_foreign(sheet.as_form_xobject()), Name.XObject, name)
        page.contents_add(book.make_stream(b"q"), prepend=True)
        marks = f"Q /Artifact <</Type /Pagination>> BDC q {name} Do Q EMC".encode()
        page.contents_add(book.make_stream(marks))


def _turn_links(book: Pdf) -> None:
    """A link to a page of the book, written as an address by the part that carries it, leads there."""
    for page in book.pages:
        for note in page.get("/Annots", ()):
            action = note.get("/A", {})
            if found := CONTENTS_MARK.match(str(action.get("/URI", ""))):
                target = book.pages[int(found[1]) - 1]
                note.Dest = Array([target.obj, Name.Fit])
                note.Contents = String(f"Ke halaman {found[1]}")
                del note["/A"]


def _outline(book: Pdf, entries: Sequence[Entry]) -> None:
    with book.open_outline() as outline:
        outline.root.extend(_item(entry) for entry in entries)
    book.Root.PageMode = Name.UseOutlines


def _item(entry: Entry) -> OutlineItem:
    item = OutlineItem(entry.title, entry.page - 1, "Fit")
    item.is_closed = True
    item.children.extend(_item(below) for below in entry.below)
    return item


def _attach(book: Pdf, facts: Facts) -> None:
    """The figures as files inside, associated with the whole document."""
    stamp = pikepdf.models.metadata.encode_pdf_date(facts.made_at)
    associated = Array()
    for name, (content, description) in facts.attachments.items():
        book.attachments[name] = pikepdf.AttachedFileSpec(
            book,
            content,
            filename=name,
            description=description,
            mime_type="text/csv",
            creation_date=stamp,
            mod_date=stamp,
            relationship=Name.Data,
        )
        associated.append(book.attachments[name].obj)
    if len(associated):
        book.Root.AF = associated


def _say(book: Pdf, facts: Facts) -> None:
    with book.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        meta["dc:title"] = facts.title
        meta["dc:creator"] = [AUTHOR]
        meta["dc:language"] = [LANGUAGE]
        meta["xmp:CreateDate"] = facts.made_at.isoformat()
        meta["xmp:ModifyDate"] = facts.made_at.isoformat()
    stamp = pikepdf.models.metadata.encode_pdf_date(facts.made_at)
    book.docinfo = book.make_indirect(Dictionary(Title=facts.title, Author=AUTHOR, CreationDate=stamp, ModDate=stamp))
