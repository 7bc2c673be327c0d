"""Pictures that Humas uploads: taken in, drawn anew in a killable child process, stored. No transaction may be open."""

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from flask import current_app

from stranas.evidence import runner
from stranas.system import storage

LARGEST = 20_000_000
MOST_PICTURES = 12
LONGEST_SECONDS = 20
SENTENCES = {
    "empty": "Berkas kosong. Pilih foto lain, atau simpan ulang fotonya lalu unggah kembali.",
    "heavy": "Foto lebih besar dari 20 MB. Kirim foto itu ke diri sendiri lewat aplikasi pesan, lalu unggah hasilnya.",
    "unreadable": "Berkas ini bukan foto JPEG, PNG, atau WebP yang dapat dibaca. Simpan ulang sebagai JPEG.",
    "animated": "Gambar bergerak tidak dapat diterbitkan di sini. Unggah satu gambar diam, atau pakai tautan video.",
    "large": "Ukuran gambar melebihi 80 juta piksel. Perkecil, misalnya menjadi 3.000 piksel pada sisi panjangnya.",
    "small": "Gambar terlalu kecil untuk halaman publik. Pakai foto dengan sisi panjang paling sedikit 320 piksel.",
    "failed": "Gambar ini tidak dapat diolah. Simpan ulang sebagai JPEG, lalu unggah kembali.",
}
_FILE_NAME = re.compile(
    r"\.(?:jpe?g|png|webp|heic|gif|tiff?)\b|^(?:img|dsc|dscf|wa|pxl|screenshot|whatsapp image)[\s_-]*\d", re.I
)


class BadPicture(ValueError):
    """Carries the sentence for the field, with the repair."""

    def __init__(self, reason: str) -> None:
        super().__init__(SENTENCES[reason])
        self.reason = reason


@dataclass(frozen=True)
class TakenIn:
    """A picture that lies in the storage already; its row comes after. Pixels."""

    stored: storage.Stored
    width: int
    height: int


def take_in(stream: BinaryIO) -> TakenIn:
    """Raises BadPicture. The bytes that were sent are never kept."""
    with tempfile.TemporaryDirectory() as folder:
        sent, drawn = Path(folder) / "sent", Path(folder) / "drawn.jpg"
        _receive(stream, sent)
        size = _redraw(sent, drawn)
        with drawn.open("rb") as file:
            stored = storage.storage().put(file)
    return TakenIn(stored, size["width"], size["height"])


def _receive(stream: BinaryIO, path: Path) -> None:
    size = 0
    with path.open("wb") as file:
        while chunk := stream.read(storage.CHUNK):
            size += len(chunk)
            if size > LARGEST:
                raise BadPicture("heavy")
            file.write(chunk)
    if not size:
        raise BadPicture("empty")


def _redraw(sent: Path, drawn: Path) -> dict[str, int]:
    settings = current_app.config["SETTINGS"]
    bounds = runner.Bounds(min(settings.check_seconds, LONGEST_SECONDS), settings.check_memory_mb)
    try:
        answer = runner.ask("redraw", bounds=bounds, path=str(sent), into=str(drawn))
    except runner.ChildFailed as error:
        current_app.logger.warning("a picture of a story was not drawn: %s", error)
        raise BadPicture("failed") from None
    if "refused" in answer:
        raise BadPicture(answer["refused"])
    return answer


def alt_problem(alt: str) -> str:
    """Why words do not say what a picture shows, with the repair; empty when they do."""
    words = alt.strip()
    if _FILE_NAME.search(words):
        return "Ini nama berkas. Tulis satu kalimat tentang apa yang terlihat pada foto."
    if len(words) < 15 or len(words.split()) < 3:
        return "Tulis satu kalimat tentang apa yang terlihat, misalnya: Warga mengurus izin di loket pelayanan."
    return ""
