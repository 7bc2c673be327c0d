"""Where files lie: content-addressed, original bytes, never changed.

`folder:PATH` and `memory:` answer alike; a missing object is MissingObject on both.
"""

import hashlib
import io
import os
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from flask import Flask, current_app

import config

CHUNK = 256 * 1024


class MissingObject(Exception):
    """No bytes lie under this key."""


class TooLarge(Exception):
    """More bytes came than allowed; nothing was kept. `limit` is in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} bytes")
        self.limit = limit


@dataclass(frozen=True)
class Stored:
    """What a put returns: the SHA-256 (hex), the size in bytes, and where the bytes lie."""

    sha256: str
    size: int
    backend: str
    key: str


class Storage(Protocol):
    name: str
    root: Path | None

    def put(self, stream: BinaryIO, *, limit: int | None = None) -> Stored: ...
    def adopt(self, path: Path) -> Stored: ...
    def open(self, key: str) -> BinaryIO: ...
    def delete(self, key: str) -> None: ...
    def retire(self, key: str, *, idle: timedelta) -> bool: ...
    def keys(self) -> Iterator[str]: ...
    def path(self, key: str): ...
    def forget_drafts(self, *, older_than: timedelta) -> int: ...
    def in_bulk(self) -> AbstractContextManager[None]: ...


def _key(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


class FolderStorage:
    """Files in a folder; a put is durable (fsync) before it returns."""

    name = "folder"

    def __init__(self, root: Path) -> None:
        self.root = root
        self.incoming = root / "incoming"
        self.incoming.mkdir(parents=True, exist_ok=True)
        self._fsync: Callable[[int], None] = os.fsync

    @contextmanager
    def in_bulk(self) -> Iterator[None]:
        """For a process that stores thousands of files and commits their rows afterwards: durable together at the end
        of the block, instead of one by one, which takes most of the time. Not for threads that share the storage."""
        self._fsync = lambda handle: None
        try:
            yield
        finally:
            self._fsync = os.fsync
            os.sync()

    def put(self, stream: BinaryIO, *, limit: int | None = None) -> Stored:
        draft = self.incoming / secrets.token_hex(16)
        try:
            with draft.open("xb") as out:
                digest, size = _copy(stream, out, limit)
                out.flush()
                self._fsync(out.fileno())
            self._settle(digest, draft.rename)
            return Stored(digest, size, self.name, _key(digest))
        finally:
            draft.unlink(missing_ok=True)

    def adopt(self, path: Path) -> Stored:
        """Take in a file that is complete, without copying it where the file system allows. `path` stays as a second
        name of the same bytes, until the caller has written down what became of them; nobody may change it."""
        with path.open("rb") as file:
            digest, size = hashlib.file_digest(file, "sha256").hexdigest(), file.tell()
            os.fsync(file.fileno())
        try:
            self._settle(digest, lambda target: os.link(path, target))
        except OSError:  # another file system, or one without second names
            with path.open("rb") as file:
                return self.put(file)
        return Stored(digest, size, self.name, _key(digest))

    def _settle(self, digest: str, move_to: Callable[[Path], Any]) -> None:
        """Bytes under their key, durable; nothing to do when they are there already."""
        target = self.root / _key(digest)
        with suppress(FileNotFoundError):
            os.utime(target)  # it is wanted again: `retire` lets it lie
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):  # somebody else stored the same bytes meanwhile
            move_to(target)
        for folder in (target.parent, target.parent.parent, self.root):  # the last two may be new, too
            self._fsync_folder(folder)

    def _fsync_folder(self, folder: Path) -> None:
        handle = os.open(folder, os.O_RDONLY)
        try:
            self._fsync(handle)
        finally:
            os.close(handle)

    def open(self, key: str) -> BinaryIO:
        try:
            return (self.root / key).open("rb")
        except FileNotFoundError:
            raise MissingObject(key) from None

    def delete(self, key: str) -> None:
        (self.root / key).unlink(missing_ok=True)

    def retire(self, key: str, *, idle: timedelta) -> bool:
        """Delete bytes that no row names, unless somebody stored the same bytes within `idle`: his row comes after.

        They are moved aside before they are judged, so that whoever stores them meanwhile finds them either gone, and
        stores them anew, or touched, and then they come back.
        """
        file, aside = self.root / key, self.incoming / secrets.token_hex(16)
        try:
            file.rename(aside)
        except FileNotFoundError:
            return False
        is_wanted = time.time() - aside.stat().st_mtime < idle.total_seconds()
        if is_wanted:
            with suppress(FileExistsError):
                os.link(aside, file)
        aside.unlink()
        return not is_wanted

    def keys(self) -> Iterator[str]:
        for file in self.root.glob("??/??/*"):
            yield str(file.relative_to(self.root))

    def forget_drafts(self, *, older_than: timedelta) -> int:
        """Remove what a broken-off upload or a killed process left behind; returns how many."""
        before, count = time.time() - older_than.total_seconds(), 0
        for draft in self.incoming.iterdir():
            with suppress(FileNotFoundError):  # it may arrive just now
                if draft.stat().st_mtime < before:
                    draft.unlink()
                    count += 1
        return count

    @contextmanager
    def path(self, key: str) -> Iterator[Path]:
        """A readable path of the bytes, for child processes."""
        file = self.root / key
        if not file.exists():
            raise MissingObject(key)
        yield file


class MemoryStorage:
    """For tests."""

    name = "memory"
    root = None

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    def in_bulk(self) -> AbstractContextManager[None]:
        return nullcontext()

    def put(self, stream: BinaryIO, *, limit: int | None = None) -> Stored:
        out = io.BytesIO()
        digest, size = _copy(stream, out, limit)
        self.objects[_key(digest)] = out.getvalue()
        return Stored(digest, size, self.name, _key(digest))

    def adopt(self, path: Path) -> Stored:
        with path.open("rb") as file:
            return self.put(file)

    def open(self, key: str) -> BinaryIO:
        try:
            return io.BytesIO(self.objects[key])
        except KeyError:
            raise MissingObject(key) from None

    def delete(self, key: str) -> None:
        self.objects.pop(key, None)

    def retire(self, key: str, *, idle: timedelta) -> bool:
        return self.objects.pop(key, None) is not None

    def keys(self) -> Iterator[str]:
        yield from list(self.objects)

    def forget_drafts(self, *, older_than: timedelta) -> int:
        return 0

    @contextmanager
    def path(self, key: str) -> Iterator[Path]:
        with self.open(key) as stream, tempfile.NamedTemporaryFile() as file:
            file.write(stream.read())
            file.flush()
            yield Path(file.name)


def _copy(stream: BinaryIO, out: BinaryIO, limit: int | None) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if limit is not None and size > limit:
            raise TooLarge(limit)
        digest.update(chunk)
        out.write(chunk)
    return digest.hexdigest(), size


def init_storage(app: Flask) -> None:
    place = app.config["SETTINGS"].storage_place
    app.extensions["storage"] = (
        MemoryStorage()
        if place == "memory:"
        else FolderStorage(config.usable_folder(Path(place.removeprefix("folder:")), "STORAGE"))
    )


def storage() -> FolderStorage | MemoryStorage:
    return current_app.extensions["storage"]
