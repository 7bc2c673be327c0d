"""What a PDF does by itself, and what it carries besides its pages: scripts, starts, sending, attachments, films."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stranas.evidence.checks.embedded import carries_program
from stranas.evidence.checks.finding import Claim, Finding
from stranas.evidence.checks.media import media_of
from stranas.evidence.checks.program import is_program_name
from stranas.evidence.checks.signed import KEEP_SIGNED, has_signature
from stranas.evidence.rules import Severity

# Objects looked at; a form of a hundred pages has some thousand fields.
MOST_NODES = 60_000
_RICH = frozenset({"/RichMedia", "/3D", "/Movie", "/Screen", "/Sound"})
_PRINT_ANEW = "Cetak dokumen ke PDF baru (Cetak, lalu Simpan sebagai PDF), kemudian unggah hasilnya."


@dataclass
class Seen:
    """What was met on the way."""

    script: bool = False
    launched: list[str] = field(default_factory=list)
    sends: bool = False
    rich: bool = False
    # Of each file inside, whether it is a program.
    attached: list[bool] = field(default_factory=list)
    only_in_reader: bool = False


def pdf_actions(path: Path, claim: Claim) -> Iterator[Finding]:
    if media_of(path).key != "pdf":
        return
    import pikepdf

    with pikepdf.open(path) as pdf:
        seen = _look(pdf)
    again = KEEP_SIGNED if has_signature(path) else _PRINT_ANEW
    yield from _acts(seen, again)
    yield from _carries(seen, again)


def _acts(seen: Seen, again: str) -> Iterator[Finding]:
    if seen.launched:
        severity = Severity.MUST_FIX if any(map(is_program_name, seen.launched)) else Severity.EXPLAIN
        yield Finding("pdf_launch", severity, "PDF ini membuka berkas atau program lain.", again)
    if seen.script:
        yield Finding("pdf_script", Severity.EXPLAIN, "PDF ini memuat skrip (JavaScript).", again)
    if seen.sends:
        yield Finding("pdf_sends", Severity.EXPLAIN, "PDF ini mengirim isian formulir ke alamat lain.", again)


def _carries(seen: Seen, again: str) -> Iterator[Finding]:
    if any(seen.attached):
        yield Finding("program_inside", Severity.MUST_FIX, "PDF ini melampirkan program di dalamnya.", again)
    elif seen.attached:
        yield Finding(
            "pdf_attachment",
            Severity.INFO,
            f"PDF ini memuat {len(seen.attached)} berkas lampiran di dalamnya, yang tidak terlihat oleh verifikator.",
            "Bila lampiran itu bukti, unggah sebagai berkas tersendiri. Bila bukan, tidak perlu tindakan.",
        )
    if seen.rich:
        yield Finding(
            "pdf_media", Severity.EXPLAIN, "PDF ini memuat video, suara, atau model 3D yang tidak ditampilkan.", again
        )
    if seen.only_in_reader:
        yield Finding(
            "dynamic_form",
            Severity.EXPLAIN,
            "Isi formulir PDF ini hanya terlihat di Adobe Reader; pembaca lain menampilkan halaman tunggu.",
            again,
        )


def _look(pdf: Any) -> Seen:
    seen, walk = Seen(), _Walk()
    root = pdf.Root
    names = _dictionary(root.get("/Names"))
    seen.script = "/JavaScript" in names
    for tree in (names.get("/EmbeddedFiles"), root.get("/AF")):
        seen.attached.extend(map(carries_program, _files(tree, walk)))
    _actions_of(root, seen, walk)
    form = _dictionary(root.get("/AcroForm"))
    seen.only_in_reader = _is_shell(root, form)
    _fields(form.get("/Fields"), seen, walk)
    _bookmarks(root.get("/Outlines"), seen, walk)
    for page in pdf.pages:
        if walk.is_over():
            break
        _actions_of(page.obj, seen, walk)
        for annotation in _list(page.obj.get("/Annots")):
            _annotation(_dictionary(annotation), seen, walk)
    return seen


class _Walk:
    """Counts what was looked at, so that no tree is endless."""

    def __init__(self) -> None:
        self.nodes, self.met = 0, set()

    def is_over(self) -> bool:
        return self.nodes > MOST_NODES

    def enter(self, node: Any) -> bool:
        """Whether to look into this node: not twice, and not past the bound."""
        self.nodes += 1
        if getattr(node, "is_indirect", False):
            if node.objgen in self.met:
                return False
            self.met.add(node.objgen)
        return not self.is_over()


def _dictionary(node: Any) -> Any:
    """The node where it is a dictionary (or a stream), else an empty one."""
    import pikepdf

    return node if isinstance(node, pikepdf.Dictionary | pikepdf.Stream) else {}


def _list(node: Any) -> list[Any]:
    import pikepdf

    return list(node) if isinstance(node, pikepdf.Array) else []


def _is_shell(root: Any, form: Any) -> bool:
    """The form stands in XFA alone, and the pages are a shell until Adobe Reader draws it: so the file says itself
    (/NeedsRendering), or no field of the form is left for others to show. Fields beside XFA are shown by all."""
    if not _has_content(form.get("/XFA")):
        return False
    return bool(root.get("/NeedsRendering", False)) or all(map(_is_signature, _list(form.get("/Fields"))))


def _has_content(xfa: Any) -> bool:
    """One stream, or a list of names and the streams of its parts."""
    import pikepdf

    parts = [part for part in [xfa, *_list(xfa)] if isinstance(part, pikepdf.Stream)]
    return any(part.read_raw_bytes().strip() for part in parts)


def _is_signature(node: Any) -> bool:
    return _dictionary(node).get("/FT") == "/Sig"


def _actions_of(node: Any, seen: Seen, walk: _Walk) -> None:
    for key in ("/OpenAction", "/A", "/PA"):
        _action(node.get(key), seen, walk)
    for action in _values(node.get("/AA")):
        _action(action, seen, walk)


def _values(node: Any) -> list[Any]:
    holder = _dictionary(node)
    return [holder[key] for key in holder.keys()]  # noqa: SIM118 (pikepdf iterates over pairs)


def _action(node: Any, seen: Seen, walk: _Walk) -> None:
    waiting = [node]
    while waiting:
        action = _dictionary(waiting.pop())
        if not len(action.keys()) or not walk.enter(action):
            continue
        kind = _words(action.get("/S", ""))
        seen.script |= kind == "/JavaScript" or "/JS" in action
        seen.sends |= kind in ("/SubmitForm", "/ImportData")
        if kind == "/Launch":
            seen.launched.append(_target(action))
        following = action.get("/Next")
        waiting.extend(_list(following) or [following])


def _target(action: Any) -> str:
    for holder in (_dictionary(action.get("/Win")), action):
        target = holder.get("/F")
        if target is not None:
            return _file_name(target) or _words(target)
    return ""


def _annotation(node: Any, seen: Seen, walk: _Walk) -> None:
    if not walk.enter(node):
        return
    kind = _words(node.get("/Subtype", ""))
    seen.rich |= kind in _RICH
    if kind == "/FileAttachment":
        seen.attached.append(carries_program(_dictionary(node.get("/FS"))))
    _actions_of(node, seen, walk)


def _fields(node: Any, seen: Seen, walk: _Walk) -> None:
    waiting = _list(node)
    while waiting:
        entry = _dictionary(waiting.pop())
        if walk.enter(entry):
            _actions_of(entry, seen, walk)
            waiting.extend(_list(entry.get("/Kids")))


def _bookmarks(node: Any, seen: Seen, walk: _Walk) -> None:
    waiting = [_dictionary(node).get("/First")]
    while waiting:
        entry = _dictionary(waiting.pop())
        if len(entry.keys()) and walk.enter(entry):
            _actions_of(entry, seen, walk)
            waiting.extend((entry.get("/First"), entry.get("/Next")))


def _files(node: Any, walk: _Walk) -> Iterator[Any]:
    """The files in a tree of embedded ones, or in a plain list of them."""
    waiting = [node]
    while waiting:
        entry = waiting.pop()
        for part in [*_list(entry), *_list(_dictionary(entry).get("/Names"))]:
            if "/EF" in _dictionary(part) and walk.enter(part):
                yield part
        if walk.enter(entry):
            waiting.extend(_list(_dictionary(entry).get("/Kids")))


def _file_name(node: Any) -> str:
    entry = _dictionary(node)
    return _words(entry.get("/UF", entry.get("/F", "")))


def _words(value: Any) -> str:
    """Text of any coding: a name in it is only compared with endings."""
    try:
        return str(value)
    except ValueError:
        return bytes(value).decode("latin-1")
