"""Bytes that no row names go, unless somebody stored the same ones just now."""

import io
import os
import time
from datetime import timedelta

import pytest

from stranas.system.storage import FolderStorage

HOUR = timedelta(hours=1)


@pytest.fixture
def shelf(tmp_path):
    return FolderStorage(tmp_path)


def _stored_long_ago(shelf) -> str:
    key = shelf.put(io.BytesIO(b"laporan")).key
    long_ago = time.time() - 7200
    os.utime(shelf.root / key, (long_ago, long_ago))
    return key


def test_what_lay_idle_goes(shelf):
    key = _stored_long_ago(shelf)
    assert shelf.retire(key, idle=HOUR)
    assert list(shelf.keys()) == []
    assert not shelf.retire(key, idle=HOUR)


def test_what_was_stored_again_stays(shelf):
    key = _stored_long_ago(shelf)
    shelf.put(io.BytesIO(b"laporan"))
    assert not shelf.retire(key, idle=HOUR)
    with shelf.open(key) as stream:
        assert stream.read() == b"laporan"
    assert list(shelf.incoming.iterdir()) == []
