"""Images that Humas uploads: received within bounds, drawn anew in the killable child process, stored.

No transaction may be open. The bytes that were sent are never kept.
"""

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from flask import current_app

from stranas.evidence import runner
from stranas.system import files, storage

LONGEST_SECONDS = 20
_AS_LOGO = "Simpan sebagai PNG (latar transparan lebih baik), JPEG, atau WebP, lalu unggah kembali."


@dataclass(frozen=True)
class Use:
    """What an image is for. `job` of the child process draws it; `largest` in bytes; `sentences`: for each reason of a
    refusal what is wrong, with the repair ("other": of a file that the child names in words)."""

    job: str
    largest: int
    sentences: Mapping[str, str]

    def sentence(self, reason: str) -> str:
        return self.sentences.get(reason) or self.sentences["other"].format(reason)


PICTURE = Use(
    "redraw",
    20_000_000,
    {
        "empty": "Berkas kosong. Pilih foto lain, atau simpan ulang fotonya lalu unggah kembali.",
        "heavy": "Foto lebih besar dari 20 MB. Kirim ke diri sendiri lewat aplikasi pesan, lalu unggah hasilnya.",
        "unreadable": "Berkas ini bukan foto JPEG, PNG, atau WebP yang dapat dibaca. Simpan ulang sebagai JPEG.",
        "animated": "Gambar bergerak tidak dapat diterbitkan. Unggah satu gambar diam, atau pakai tautan video.",
        "large": "Ukuran gambar melebihi 80 juta piksel. Perkecil, misalnya menjadi 3.000 piksel pada sisi panjangnya.",
        "small": "Gambar terlalu kecil untuk halaman publik. Pakai foto dengan sisi panjang paling sedikit 320 piksel.",
        "failed": "Gambar ini tidak dapat diolah. Simpan ulang sebagai JPEG, lalu unggah kembali.",
    },
)
LOGO = Use(
    "draw_logo",
    5_000_000,
    {
        "empty": "Berkas kosong. Simpan ulang logonya, lalu unggah kembali.",
        "heavy": "Berkas lebih besar dari 5 MB. Perkecil logonya, misalnya menjadi 600 piksel, lalu unggah kembali.",
        "failed": f"Gambar tidak dapat dibaca: rusak atau terlalu besar. {_AS_LOGO}",
        "other": f"Berkas ini {{}}, bukan gambar PNG, JPEG, atau WebP. {_AS_LOGO}",
    },
)


class BadImage(ValueError):
    """Carries the sentence for the field, with the repair."""

    def __init__(self, use: Use, reason: str) -> None:
        super().__init__(use.sentence(reason))
        self.reason = reason


@dataclass(frozen=True)
class TakenIn:
    """One that lies in the storage already; its row comes after. Pixels."""

    stored: storage.Stored
    width: int
    height: int


def take_in(stream: BinaryIO, use: Use) -> TakenIn:
    """Raises BadImage."""
    with tempfile.TemporaryDirectory() as folder:
        sent, drawn = Path(folder) / "sent", Path(folder) / "drawn"
        _receive(stream, sent, use)
        size = _draw(sent, drawn, use)
        with drawn.open("rb") as file:
            return TakenIn(storage.storage().put(file), size["width"], size["height"])


def let_go(keys: Iterable[str | None]) -> None:
    """Bytes that no row names any more, by their storage keys; once the transaction that let them go is committed."""
    for key in keys:
        if key:
            storage.storage().retire(key, idle=files.IDLE)


def _receive(stream: BinaryIO, path: Path, use: Use) -> None:
    size = 0
    with path.open("wb") as file:
        while chunk := stream.read(storage.CHUNK):
            size += len(chunk)
            if size > use.largest:
                raise BadImage(use, "heavy")
            file.write(chunk)
    if not size:
        raise BadImage(use, "empty")


def _draw(sent: Path, drawn: Path, use: Use) -> dict[str, int]:
    settings = current_app.config["SETTINGS"]
    bounds = runner.Bounds(min(settings.check_seconds, LONGEST_SECONDS), settings.check_memory_mb)
    try:
        answer = runner.ask(use.job, bounds=bounds, path=str(sent), into=str(drawn))
    except runner.ChildFailed as error:
        current_app.logger.warning("an image was not drawn (%s): %s", use.job, error)
        raise BadImage(use, "failed") from None
    if refused := answer.get("refused"):
        raise BadImage(use, refused)
    return answer
