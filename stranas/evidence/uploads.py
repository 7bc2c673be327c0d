"""Uploads that are not finished yet: a folder each, and no row of the database.

    ROOT/OWNER/ID/data         what arrived so far: its size is the offset, the time of its last change the instant at
                               which the last byte came
    ROOT/OWNER/ID/about.json   what is uploaded, where it belongs, and what became of it

Whoever is not the owner does not find the folder. Processes of one machine (or of one file system that knows flock)
may share the root. Instants here are the machine's, but for `completed_at`, which is the domain's.
"""

import errno
import fcntl
import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from stranas.evidence.protocol import Checksum

# Small, so that little of a slow line's work is in our hands and not yet in the file.
CHUNK = 64 * 1024
KEPT_FOR = timedelta(days=7)
_ID = re.compile(r"[A-Za-z0-9_-]{43}")
_DATA, _ABOUT = "data", "about.json"


class MovedOn(Exception):
    """Somebody else appended meanwhile: the bytes at hand are not those that come next."""


class Mismatch(Exception):
    """The bytes are not those that the checksum names; none of them was kept."""


class DiskFull(Exception):
    """There is no room for more bytes; what was written stays."""


@dataclass(frozen=True)
class Outcome:
    """What became of a complete upload. `sentence` and `repair` say why it lies in the library only."""

    document_id: int
    attached: bool
    sentence: str = ""
    repair: str = ""


@dataclass(frozen=True)
class Upload:
    """`place` is where the file is to be attached, `length` in bytes, `metadata` as the sender gave it."""

    owner: str
    id: str
    name: str
    place: str
    agency_id: int
    length: int
    metadata: str
    created_at: datetime
    completed_at: datetime | None = None
    outcome: Outcome | None = None


class Uploads:
    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True, mode=0o700)

    def create(
        self, *, owner: str, name: str, place: str, agency_id: int, length: int, metadata: str, at: datetime
    ) -> Upload:
        """A new upload without bytes, safe on the disk when this returns. Raises DiskFull."""
        upload = Upload(owner, secrets.token_urlsafe(32), name, place, agency_id, length, metadata, at)
        folder = self._folder(upload)
        with _full_disk_is_said():
            folder.mkdir(parents=True, mode=0o700)
            (folder / _DATA).touch()
            self._write(upload)
            for parent in (folder.parent, self.root):
                _sync(parent)
        return upload

    def find(self, owner: str, upload_id: str) -> Upload | None:
        """One upload of an owner, expired or not; None when there is none, or it was never made by us."""
        if not _ID.fullmatch(upload_id):
            return None
        try:
            about = json.loads((self.root / owner / upload_id / _ABOUT).read_bytes())
        except FileNotFoundError:
            return None
        completed_at, outcome = about.pop("completed_at"), about.pop("outcome")
        return Upload(
            owner=owner,
            id=upload_id,
            created_at=datetime.fromisoformat(about.pop("created_at")),
            completed_at=datetime.fromisoformat(completed_at) if completed_at else None,
            outcome=Outcome(**outcome) if outcome else None,
            **about,
        )

    def of_owner(self, owner: str) -> list[Upload]:
        """All that are not finished, the oldest first."""
        ids = [folder.name for folder in (self.root / owner).glob("*")]
        found = [upload for upload_id in ids if (upload := self.find(owner, upload_id))]
        return sorted((u for u in found if u.outcome is None), key=lambda u: (u.created_at, u.id))

    def complete(self) -> Iterator[Upload]:
        """All whose bytes are there and of which nothing has become yet."""
        for folder in sorted(self.root.glob("*/*")):
            upload = self.find(folder.parent.name, folder.name)
            if upload and upload.outcome is None and self.offset(upload) == upload.length:
                yield upload

    def offset(self, upload: Upload) -> int:
        """How many bytes are there."""
        if upload.outcome:
            return upload.length
        try:
            return self.data(upload).stat().st_size
        except FileNotFoundError:  # finished or terminated a moment ago
            return upload.length if self.find(upload.owner, upload.id) else 0

    def safe_offset(self, upload: Upload) -> int:
        """The same, on the disk for good: an offset that may be acknowledged."""
        with suppress(FileNotFoundError):
            _sync(self.data(upload))
        return self.offset(upload)

    def data(self, upload: Upload) -> Path:
        return self._folder(upload) / _DATA

    def last_byte_at(self, upload: Upload) -> datetime:
        return datetime.fromtimestamp(self.data(upload).stat().st_mtime, UTC)

    def expires_at(self, upload: Upload) -> datetime:
        """Seven days after the last byte. What is complete is never given up before something became of it."""
        file = self.data(upload) if upload.outcome is None else self._folder(upload) / _ABOUT
        try:
            return datetime.fromtimestamp(file.stat().st_mtime, UTC) + KEPT_FOR
        except FileNotFoundError:
            return upload.created_at + KEPT_FOR

    def append(self, upload: Upload, chunks: Iterable[bytes], *, offset: int) -> int:
        """Append what comes, as long as nobody else appends; the new offset, safe on the disk.

        Raises MovedOn, DiskFull; FileNotFoundError when the upload was terminated.
        """
        handle = os.open(self.data(upload), os.O_WRONLY | os.O_APPEND)
        try:
            for chunk in chunks:
                with _full_disk_is_said():
                    offset = _append_next(handle, chunk, offset)
            os.fsync(handle)
        finally:
            os.close(handle)
        return offset

    def append_verified(self, upload: Upload, chunks: Iterable[bytes], *, offset: int, checksum: Checksum) -> int:
        """The same for bytes that count only if they are those that the checksum names. Raises Mismatch, too."""
        aside = self._folder(upload) / f"part-{secrets.token_hex(8)}"
        digest = hashlib.new(checksum.algorithm, usedforsecurity=False)
        try:
            with _full_disk_is_said(), aside.open("xb") as out:
                for chunk in chunks:
                    digest.update(chunk)
                    out.write(chunk)
            if digest.digest() != checksum.digest:
                raise Mismatch
            with aside.open("rb") as verified:
                return self.append(upload, _chunks(verified), offset=offset)
        finally:
            aside.unlink(missing_ok=True)

    @contextmanager
    def held(self, upload: Upload) -> Iterator[bool]:
        """Whether this process alone may finish the upload now; a killed process holds nothing."""
        try:
            handle = os.open(self._folder(upload), os.O_RDONLY)
        except FileNotFoundError:
            yield False
            return
        try:
            yield _lock_at_once(handle)
        finally:
            os.close(handle)

    def note_completion(self, upload: Upload, at: datetime) -> Upload:
        """Remember for good when the last byte came, by the domain's clock."""
        return self._write(replace(upload, completed_at=at))

    def conclude(self, upload: Upload, outcome: Outcome) -> Upload:
        """Remember what became of it until the sender has asked; the bytes are elsewhere now."""
        upload = self._write(replace(upload, outcome=outcome))
        self.data(upload).unlink(missing_ok=True)
        return upload

    def terminate(self, upload: Upload) -> None:
        shutil.rmtree(self._folder(upload), ignore_errors=True)

    def forget_expired(self, *, now: datetime) -> int:
        """Remove what nobody goes on with, and what is finished since long; how many."""
        count = 0
        for folder in self.root.glob("*/*"):
            upload = self.find(folder.parent.name, folder.name)
            if self._is_over(folder, upload, now):
                shutil.rmtree(folder, ignore_errors=True)
                count += 1
        return count

    def _is_over(self, folder: Path, upload: Upload | None, now: datetime) -> bool:
        if upload is None:  # a killed process left it half made, or half removed
            with suppress(FileNotFoundError):
                return datetime.fromtimestamp(folder.stat().st_mtime, UTC) + KEPT_FOR < now
            return False
        waits = upload.outcome is None and self.offset(upload) == upload.length
        return not waits and self.expires_at(upload) < now

    def _folder(self, upload: Upload) -> Path:
        return self.root / upload.owner / upload.id

    def _write(self, upload: Upload) -> Upload:
        """The whole description or the one before, whatever happens."""
        folder, about = self._folder(upload), asdict(upload)
        del about["owner"], about["id"]
        draft = folder / f"{_ABOUT}-{secrets.token_hex(8)}"
        with draft.open("x") as out:
            json.dump(about, out, default=datetime.isoformat)
            out.flush()
            os.fsync(out.fileno())
        draft.rename(folder / _ABOUT)
        _sync(folder)
        return upload


def _append_next(handle: int, chunk: bytes, offset: int) -> int:
    """One chunk, if it is the next one. Held for so short that nobody waits for a line."""
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        if os.fstat(handle).st_size != offset:
            raise MovedOn
        left = memoryview(chunk)
        while left:
            left = left[os.write(handle, left) :]
        return offset + len(chunk)
    finally:
        fcntl.flock(handle, fcntl.LOCK_UN)


def _lock_at_once(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _full_disk_is_said() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull from None
        raise


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
