"""A logo comes in: opened in the child process alone, re-encoded as PNG, kept by its content."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from flask import current_app

from stranas.evidence import runner
from stranas.evidence.operations import NotAccepted, empty_file, too_large
from stranas.system.storage import CHUNK, Stored, storage

LARGEST = 5_000_000
LONGEST_SECONDS = 20
TYPES = "Simpan logo sebagai PNG (latar transparan lebih baik), JPEG, atau WebP, lalu unggah kembali."


@dataclass(frozen=True)
class Logo:
    """A PNG in the storage; no row tells of it yet."""

    stored: Stored
    width: int
    height: int


def take_in(stream: BinaryIO) -> Logo:
    """No transaction may be open. Raises NotAccepted."""
    with tempfile.TemporaryDirectory(prefix="logo-") as folder:
        received, drawn = Path(folder) / "received", Path(folder) / "logo.png"
        _receive(stream, received)
        answer = _draw(received, drawn)
        with drawn.open("rb") as file:
            return Logo(storage().put(file), answer["width"], answer["height"])


def _receive(stream: BinaryIO, to: Path) -> None:
    size = 0
    with to.open("wb") as out:
        while piece := stream.read(CHUNK):
            size += len(piece)
            if size > LARGEST:
                raise too_large(LARGEST)
            out.write(piece)
    if not size:
        raise empty_file()


def _draw(received: Path, drawn: Path) -> dict:
    settings = current_app.config["SETTINGS"]
    bounds = runner.Bounds(min(settings.check_seconds, LONGEST_SECONDS), settings.check_memory_mb)
    try:
        answer = runner.ask("draw_logo", bounds=bounds, path=str(received), into=str(drawn))
    except runner.ChildFailed as error:
        current_app.logger.warning("a logo could not be drawn: %s", error)
        raise NotAccepted("Gambar tidak dapat dibaca: rusak atau terlalu besar.", TYPES) from None
    if refused := answer.get("refused"):
        raise NotAccepted(f"Berkas ini {refused}, bukan gambar PNG, JPEG, atau WebP.", TYPES)
    return answer
