"""Backup and restore: one .tar.gz with every row of every table, every file, and the secrets that sign and salt.

The manifest, the last member, names every other one with its SHA-256; restore reads the whole backup once before it
changes anything. A backup of one kind of database restores on the other.
"""

import gzip
import hashlib
import json
import os
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from flask import current_app

from stranas.system import clock, rows
from stranas.system.db import db, revision, snapshot, unit_of_work
from stranas.system.models import StoredFile
from stranas.system.storage import CHUNK, MissingObject, storage

FORMAT = 1
PACKED = 6  # of 9: twice as fast as the best, and one per cent larger
MANIFEST = "manifest.json"
# Without them nobody's password fits any more.
SECRETS = ("secret_key", "password_salt")
DAMAGED = (EOFError, OSError, tarfile.TarError, zlib.error, ValueError, KeyError)


class BackupError(Exception):
    """A backup cannot be made or restored: one English sentence."""


def back_up(target: Path) -> dict[str, Any]:
    """Write a backup (readable by its owner only); returns the manifest. `missing` names files without bytes."""
    draft = target.with_name(f".{target.name}.part")
    try:
        with open(draft, "xb", opener=_private) as raw:
            manifest = _write(raw, draft, target)
    except FileExistsError:
        raise BackupError(f"{draft} is there: another backup is running, or one was broken off; remove it.") from None
    except OSError as error:
        raise BackupError(f"The backup cannot be written: {error}.") from None
    return manifest


def _write(raw: BinaryIO, draft: Path, target: Path) -> dict[str, Any]:
    """The whole backup appears under its name, or nothing."""
    try:
        with (
            gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=PACKED) as packed,
            tarfile.open(fileobj=packed, mode="w|") as tar,
        ):
            manifest = _write_all(tar)
        raw.flush()
        os.fsync(raw.fileno())
        draft.rename(target)
        return manifest
    finally:
        draft.unlink(missing_ok=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _write_all(tar: tarfile.TarFile) -> dict[str, Any]:
    manifest = {"format": FORMAT, "made_at": clock.wall().isoformat(), "tables": {}, "members": {}, "missing": []}
    with snapshot():
        manifest["revision"] = revision()
        for table in rows.tables():
            manifest["tables"][table.name] = _write_table(tar, manifest, table)
        files = db.session.execute(db.select(StoredFile.sha256, StoredFile.storage_key)).all()
    for sha256, key in files:
        _write_file(tar, manifest, sha256, key)
    for name in SECRETS:
        _write_bytes(tar, manifest, f"secrets/{name}", current_app.config["SETTINGS"].secret(name).encode())
    _add(tar, MANIFEST, json.dumps(manifest, indent=1).encode())
    return manifest


def _write_table(tar: tarfile.TarFile, manifest: dict[str, Any], table: Any) -> int:
    count = 0
    with tempfile.TemporaryFile() as lines:
        for count, line in enumerate(rows.lines_of(table), 1):  # noqa: B007
            lines.write(line)
        _write_stream(tar, manifest, f"tables/{table.name}.jsonl", lines)
    return count


def _write_file(tar: tarfile.TarFile, manifest: dict[str, Any], sha256: str, key: str) -> None:
    """A file whose bytes are gone, or are others than they were, is named, and does not stop the backup."""
    try:
        with storage().open(key) as stream:
            if _write_stream(tar, manifest, f"files/{sha256}", stream) != sha256:
                manifest["missing"].append(sha256)
    except MissingObject:
        manifest["missing"].append(sha256)


def _write_stream(tar: tarfile.TarFile, manifest: dict[str, Any], name: str, stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
    stream.seek(0)
    entry = tarfile.TarInfo(name)
    entry.size = size
    tar.addfile(entry, stream)
    manifest["members"][name] = digest.hexdigest()
    return digest.hexdigest()


def _write_bytes(tar: tarfile.TarFile, manifest: dict[str, Any], name: str, content: bytes) -> None:
    manifest["members"][name] = hashlib.sha256(content).hexdigest()
    _add(tar, name, content)


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    with tempfile.SpooledTemporaryFile() as stream:
        stream.write(content)
        stream.seek(0)
        entry = tarfile.TarInfo(name)
        entry.size = len(content)
        tar.addfile(entry, stream)


def restore(source: Path) -> dict[str, Any]:
    """Fill an empty, migrated database and the storage from a backup; returns the manifest.

    Raises BackupError, and leaves the database empty, when the backup is damaged or does not fit.
    """
    manifest = verified(source)
    with unit_of_work(longest=None):
        if manifest["revision"] != revision():
            raise BackupError("The backup was made by another version of the product; restore it with that one.")
        if not rows.are_empty():
            raise BackupError("The database holds rows already; restore needs an empty one, and changed nothing.")
    _each_member(source, "files/", lambda name, stream: storage().put(stream))
    with unit_of_work(longest=None):
        if not rows.are_empty():
            raise BackupError("Somebody else filled the database meanwhile; nothing was restored.")
        by_name = {table.name: table for table in rows.tables()}
        _each_member(source, "tables/", lambda name, lines: rows.insert_lines(by_name[name.split(".")[0]], lines))
    _each_member(source, "secrets/", _keep_secret)
    return manifest


def _keep_secret(name: str, stream: BinaryIO) -> None:
    if name in SECRETS:
        file = current_app.config["SETTINGS"].var / "secrets" / name
        file.write_bytes(stream.read())
        file.chmod(0o600)


def verified(source: Path) -> dict[str, Any]:
    """The manifest of a backup whose every byte is as it was written. Raises BackupError."""
    found, manifest = {}, None
    try:
        with _members(source) as members:
            for name, stream in members:
                if name == MANIFEST:
                    manifest = json.load(stream)
                else:
                    found[name] = hashlib.file_digest(stream, "sha256").hexdigest()
        if manifest is None or manifest["format"] != FORMAT or found != manifest["members"]:
            raise ValueError("its parts are not those that its manifest names")
    except FileNotFoundError:
        raise BackupError(f"There is no file {source}.") from None
    except DAMAGED as error:
        raise BackupError(f"{source.name} is damaged or no backup ({error}); nothing was restored.") from None
    return manifest


def _each_member(source: Path, prefix: str, do: Callable[[str, BinaryIO], Any]) -> None:
    with _members(source) as members:
        for name, stream in members:
            if name.startswith(prefix):
                do(name.removeprefix(prefix), stream)


@contextmanager
def _members(source: Path) -> Iterator[Iterator[tuple[str, BinaryIO]]]:
    """Name and content of each member, in order; reads on to the end, where gzip keeps its own checksum."""
    with gzip.open(source) as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
        yield ((entry.name, tar.extractfile(entry)) for entry in tar if entry.isfile())
        while packed.read(CHUNK):
            pass
