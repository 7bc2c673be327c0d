"""Style sheets, scripts and icons, compressed once for each release: over a slow line Tabler is 60 KB, not 635."""

import hashlib
import shutil
import tempfile
from pathlib import Path

from whitenoise.compress import Compressor

import config

STATIC = config.ROOT / "stranas" / "static"


def served_folder(settings: config.Settings) -> Path:
    """The compressed copy where it was made (see `compress`), else the files as they are."""
    copy = _copy(settings)
    return copy if copy.is_dir() else STATIC


def compress(settings: config.Settings) -> Path:
    """A copy of all files in var/static, each with its .br and .gz beside it; made once for each release.

    Several processes may do it at once: a copy appears whole, and the first one stays.
    """
    copy = _copy(settings)
    if copy.is_dir():
        return copy
    copy.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=copy.parent, prefix=".") as draft:
        files = Path(draft) / "files"
        shutil.copytree(STATIC, files)
        compressor = Compressor(quiet=True)
        for file in [file for file in files.rglob("*") if file.is_file()]:
            if compressor.should_compress(file.name):
                compressor.compress(str(file))
        if not copy.is_dir():
            files.rename(copy)
    return copy


def _copy(settings: config.Settings) -> Path:
    digest = hashlib.sha256()
    for file in sorted(STATIC.rglob("*.*")):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return settings.var / "static" / digest.hexdigest()[:16]
