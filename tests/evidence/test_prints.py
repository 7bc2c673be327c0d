"""Prints in the database: remembered, found by their like, replaced, forgotten; bounded however many there are."""

import pytest
from sqlalchemy import event

from stranas.evidence import prints
from stranas.evidence.likeness import SHORTEST_NARRATIVE, Text
from stranas.evidence.models import PrintBand, TextPrint
from stranas.evidence.sketch import BANDS
from stranas.system.db import db
from tests.evidence.shelf.prose import prose


def text(seed: int, sentences: int = 20, **more) -> Text:
    return Text("\n".join(prose(seed, sentences)), **more)


def changed(seed: int) -> Text:
    """One sentence of twenty is another."""
    return Text("\n".join([*prose(seed, 20)[:19], *prose(900, 1)]))


def owners(found: list[prints.Likely]) -> list[int]:
    return [one.owner_id for one in found]


def count(model) -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(model))


@pytest.fixture
def library(app):
    for number in range(1, 31):
        prints.remember(kind="file", owner_id=number, text=text(number))


def test_a_text_is_found_by_its_like(library):
    (found,) = prints.similar(changed(7), kind="file")
    assert found.owner_id == 7
    assert found.part == pytest.approx(0.95, abs=0.1)


def test_texts_of_another_kind_never_meet(library):
    assert prints.similar(text(7), kind="submission") == []


def test_among_some_owners_the_others_are_not_found(library):
    few = db.select(TextPrint.owner_id).where(TextPrint.owner_id < 5)
    assert owners(prints.similar_among(changed(3), few, kind="file")) == [3]
    assert prints.similar_among(changed(7), few, kind="file") == []


def test_a_text_that_changed_is_found_by_its_new_words_alone(library):
    prints.remember(kind="file", owner_id=7, text=text(77))
    assert owners(prints.similar(text(77), kind="file")) == [7]
    assert prints.similar(text(7), kind="file") == []
    assert count(PrintBand) == 30 * BANDS


def test_remembering_twice_changes_nothing(library):
    prints.remember(kind="file", owner_id=7, text=text(7))
    assert (count(TextPrint), count(PrintBand)) == (30, 30 * BANDS)


def test_what_is_forgotten_is_not_found(library):
    prints.forget(kind="file", owner_id=7)
    assert prints.similar(text(7), kind="file") == []
    assert (count(TextPrint), count(PrintBand)) == (29, 29 * BANDS)


def test_a_text_that_is_too_short_keeps_a_place_and_no_keys(app):
    prints.remember(kind="file", owner_id=1, text=text(1, sentences=2))
    assert (count(TextPrint), count(PrintBand)) == (1, 0)
    assert prints.similar(text(1, sentences=2), kind="file") == []


def test_narratives_are_found_from_25_words_on(app):
    short = text(1, sentences=2, shortest=SHORTEST_NARRATIVE)
    prints.remember(kind="submission", owner_id=1, text=short)
    assert owners(prints.similar(short, kind="submission")) == [1]


def test_a_form_that_thousands_fill_in_costs_one_question_and_few_candidates(app, monkeypatch):
    monkeypatch.setattr(prints, "OF_EACH_BAND", 50)
    form = text(1)
    for number in range(1, 121):
        prints.remember(kind="file", owner_id=number, text=form)
    asked = []
    engine = db.engines[None]
    event.listen(engine, "before_cursor_execute", lambda *_: asked.append(1))
    found = prints.similar(form, kind="file")
    assert len(asked) == 1
    assert len(found) == prints.CANDIDATES
    assert all(one.owner_id > 70 for one in found), "the newest are looked at"


def test_prints_made_by_another_method_are_left_out(library):
    db.session.execute(db.update(TextPrint).values(method="an earlier one"))
    assert prints.similar(text(7), kind="file") == []
    prints.remember(kind="file", owner_id=7, text=text(7))
    assert owners(prints.similar(text(7), kind="file")) == [7]
