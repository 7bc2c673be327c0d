"""Thousands of files at once: durable together before anybody may rely on them."""

import io
import os

import pytest

from stranas.system.storage import FolderStorage


@pytest.fixture
def steps(monkeypatch):
    """What was asked of the disk, in order."""
    asked: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda handle: asked.append("fsync"))
    monkeypatch.setattr(os, "sync", lambda: asked.append("sync"))
    return asked


def test_one_file_is_durable_before_put_returns(tmp_path, steps):
    FolderStorage(tmp_path).put(io.BytesIO(b"satu"))
    assert set(steps) == {"fsync"}


def test_many_files_are_durable_when_the_block_ends(tmp_path, steps):
    storage = FolderStorage(tmp_path)
    with storage.in_bulk():
        keys = [storage.put(io.BytesIO(word)).key for word in (b"satu", b"dua")]
        assert steps == []
    assert steps == ["sync"]
    assert sorted(storage.keys()) == sorted(keys)
    storage.put(io.BytesIO(b"tiga"))
    assert steps[1] == "fsync"


def test_also_when_it_ends_with_an_error(tmp_path, steps):
    storage = FolderStorage(tmp_path)
    with pytest.raises(RuntimeError), storage.in_bulk():
        raise RuntimeError("no power")
    assert steps == ["sync"]
