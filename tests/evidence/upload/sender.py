"""A sender of resumable uploads for tests, and what became of them."""

import base64
import hashlib
import os
import time
from datetime import UTC, datetime, timedelta

from stranas.evidence import finishing
from stranas.evidence.models import Document
from stranas.reporting.models import Evidence
from stranas.system.db import db

TUS = {"Tus-Resumable": "1.0.0"}
NOW = datetime(2020, 7, 13, 2, tzinfo=UTC)
CSV = b"izin,jumlah\n" + b"".join(b"IMB,%d\n" % n for n in range(20_000))


def metadata(**words) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in words.items())


def begin(client, place, *, name="rekap izin.csv", length=len(CSV), **headers):
    words = {"Upload-Length": str(length), "Upload-Metadata": metadata(filename=name, place=place)}
    return client.post("/unggah", headers=TUS | words | headers)


def send(client, address, content: bytes, offset: int, **headers):
    words = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    return client.patch(address, data=content, headers=TUS | words | headers)


def look(client, address, **headers):
    return client.head(address, headers=TUS | headers)


def told(client, address, **headers) -> dict:
    return client.get(address, headers=TUS | headers).json


def whole(client, place, **more) -> str:
    address = begin(client, place, **more).location
    assert send(client, address, CSV, 0).status_code == 204
    return address


def documents() -> list[Document]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Document).order_by(Document.id)))


def attached() -> list[Evidence]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Evidence).where(Evidence.detached_at.is_(None))))


def checksum(algorithm: str, content: bytes) -> dict[str, str]:
    digest = hashlib.new(algorithm, content).digest()
    return {"Upload-Checksum": f"{algorithm} {base64.b64encode(digest).decode()}"}


def age(address: str, owner: str, by: timedelta) -> None:
    """As if the last byte had come so long ago."""
    upload = finishing.uploads().find(owner, address.rsplit("/", 1)[1])
    then = time.time() - by.total_seconds()
    for file in (finishing.uploads().data(upload), finishing.uploads().data(upload).with_name("about.json")):
        if file.exists():
            os.utime(file, (then, then))
