"""The headers of tus 1.0.0 (https://tus.io/protocols/resumable-upload), read strictly. Standard library only."""

import base64
import binascii
import re
from dataclasses import dataclass

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,checksum,termination"
ALGORITHMS = ("sha1", "sha256", "md5")
CONTENT_TYPE = "application/offset+octet-stream"
LONGEST_METADATA = 4096
# More digits than any file has.
_WHOLE = re.compile(r"[0-9]{1,15}")
_PLAIN = re.compile(r"[\x21-\x7e ]*")


class BadHeader(Exception):
    """A header is missing or cannot be read. Carries its name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True)
class Checksum:
    """What the sender says of the bytes of one request."""

    algorithm: str
    digest: bytes


def whole_number(name: str, value: str | None) -> int:
    """A number of bytes. Raises BadHeader."""
    if value is None or not _WHOLE.fullmatch(value):
        raise BadHeader(name)
    return int(value)


def metadata(raw: str) -> dict[str, str]:
    """The pairs of Upload-Metadata, decoded. Raises BadHeader."""
    if not raw:
        return {}
    if len(raw) > LONGEST_METADATA or not _PLAIN.fullmatch(raw):
        raise BadHeader("Upload-Metadata")
    pairs = [_pair(pair) for pair in raw.split(",")]
    if len(dict(pairs)) < len(pairs):
        raise BadHeader("Upload-Metadata")
    return dict(pairs)


def _pair(pair: str) -> tuple[str, str]:
    key, _, value = pair.strip().partition(" ")
    try:
        words = base64.b64decode(value, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise BadHeader("Upload-Metadata") from None
    if not key:
        raise BadHeader("Upload-Metadata")
    return key, words


def checksum(raw: str | None) -> Checksum | None:
    """What Upload-Checksum says; None without one. Raises BadHeader, also for an algorithm that we do not have."""
    if raw is None:
        return None
    algorithm, _, value = raw.partition(" ")
    try:
        digest = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise BadHeader("Upload-Checksum") from None
    if algorithm not in ALGORITHMS or not digest:
        raise BadHeader("Upload-Checksum")
    return Checksum(algorithm, digest)
