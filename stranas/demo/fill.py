"""Fill a seeded database with practice data, and start its clock on the demo's day.

Deterministic: two runs on two fresh databases give the same rows and the same files. Agencies that do not play
are taken out of force from the beginning, so that every figure is about those that do.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from stranas.agencies.models import Agency
from stranas.agencies.queries import agency_ids
from stranas.catalogue.queries import item_ids
from stranas.catalogue.rules import programme_rules
from stranas.demo import duties, hours, people
from stranas.demo.book import Book
from stranas.demo.bundles import bundled
from stranas.demo.cast import CORE, TEMANGGUNG, chosen
from stranas.demo.facts import propose_exempt
from stranas.demo.history import History
from stranas.demo.later import add_later_ends
from stranas.demo.library import Library
from stranas.demo.people import Staff
from stranas.demo.plot import stories_of
from stranas.demo.reopening import add_reopening
from stranas.demo.results import tell_results
from stranas.demo.story import Duty, Place, Quarter
from stranas.demo.units import add_units
from stranas.demo.verifying import add_around
from stranas.evidence.models import Document
from stranas.reporting.models import Obligation, Submission
from stranas.system import audit, clock
from stranas.system.db import db, read_only, unit_of_work
from stranas.system.storage import storage
from stranas.verification.models import ReturnReason


@dataclass(frozen=True)
class Filled:
    agencies: int
    submissions: int
    documents: int


class NotSeeded(Exception):
    """There is no programme to play on: init comes first."""


@dataclass(frozen=True)
class _Stage:
    """What the database says before the play begins."""

    places: list[Place]
    quarters: list[Quarter]
    duties: dict[tuple[int, int], list[Duty]]
    agency_ids: dict[str, int]
    items: dict[str, int]
    reasons: dict[str, ReturnReason]
    rules: object


def fill_demo(*, agencies: int, password: str) -> Filled:
    """Everything, committed at once; files are stored before. `password` is hashed. Raises NotSeeded."""
    with read_only():
        stage = _stage(agencies)
    book = Book()
    staff = Staff(book, stage.places, agency_ids=stage.agency_ids, password=password)
    add_later_ends(
        book,
        stage.quarters,
        stage.agency_ids,
        decided_by=_secretary(staff),
        coordinators=staff.coordinators,
        items=stage.items,
    )
    with storage().in_bulk():
        for place in stage.places:
            _play(book, stage, place, staff)
            _ask_units(book, stage, place, staff)
    temanggung = [duty for owed in stage.duties.values() for duty in owed if duty.place.code == TEMANGGUNG]
    owed = [duty for some in stage.duties.values() for duty in some]
    add_reopening(book, owed, coordinators=staff.coordinators)
    propose_exempt(
        book,
        agency_id=stage.agency_ids[TEMANGGUNG],
        coordinator=staff.coordinators[stage.agency_ids[TEMANGGUNG]],
        ppid=staff.by_name["Wening Astuti"],
    )
    add_around(book, temanggung, people=staff.by_name, items=stage.items)
    with unit_of_work(longest=None):
        _leave_out_others(stage.places)
        _send_without_officials(staff)
        _print_letterheads()
        book.write()
        tell_results(stage.places, staff, rules=stage.rules)
        with clock.at(hours.NOW):
            audit.record("fill_demo", f"agencies:{len(stage.places)}")
        clock.begin_practice(hours.NOW)
    return Filled(len(stage.places), len(book.rows[Submission]), len(book.rows[Document]))


def _stage(count: int) -> _Stage:
    programme = duties.programme()
    if programme is None:
        raise NotSeeded
    known = agency_ids()
    places = duties.places(chosen(count, list(known)))
    quarters = duties.quarters(programme.id)
    return _Stage(
        places=places,
        quarters=quarters,
        duties=duties.duties(places, quarters, known),
        agency_ids=known,
        items=item_ids(programme=programme),
        reasons={reason.code: reason for reason in db.session.scalars(db.select(ReturnReason))},
        rules=programme_rules(programme.settings),
    )


def _secretary(staff: Staff) -> int:
    return staff.by_name["Ani"]


def _play(book: Book, stage: _Stage, place: Place, staff: Staff) -> None:
    coordinator, verifier = staff.coordinators[place.id], staff.verifiers[place.id]
    library = Library(book, agency_id=place.id, person_id=coordinator, keeps_words=place.code in CORE)
    history = History(
        book,
        library,
        coordinator=coordinator,
        official=staff.officials.get(place.id),
        verifier=verifier,
        rules=stage.rules,
        reasons=stage.reasons,
    )
    for quarter in stage.quarters:
        owed = stage.duties.get((place.id, quarter.id), [])
        stories = stories_of(owed) if owed else []
        if stories:
            history.tell(stories if place.code in CORE else bundled(stories))


def _ask_units(book: Book, stage: _Stage, place: Place, staff: Staff) -> None:
    last = stage.quarters[-1]
    add_units(
        book,
        place.id,
        place.code,
        stage.duties.get((place.id, last.id), []),
        asked_by=staff.coordinators[place.id],
        unit_person=staff.by_name["Lestari Ningsih"],
    )


def _leave_out_others(places: Sequence[Place]) -> None:
    """In force for no moment: expected of nobody, in no figure, reminded of by nobody."""
    db.session.execute(
        db.update(Obligation)
        .where(Obligation.agency_id.not_in([place.id for place in places]))
        .values(in_force_until=Obligation.in_force_from),
        execution_options={"synchronize_session": False},
    )


def _send_without_officials(staff: Staff) -> None:
    """Where nobody can approve, the coordinator sends."""
    db.session.execute(
        db.update(Agency)
        .where(Agency.id.not_in(list(staff.officials)))
        .values(
            files_without_approval=True,
            approval_set_by="Ani, Sekretariat Nasional",
            approval_set_at=people.SINCE,
            approval_set_reason="Pejabat penyetuju belum ditunjuk.",
        ),
        execution_options={"synchronize_session": False},
    )


def _print_letterheads() -> None:
    """The address on the letters of the agency that is shown first; invented."""
    lines = ["Jalan Jenderal Ahmad Yani Nomor 32, Temanggung 56229", "Telepon (0293) 000000, inspektorat@example.com"]
    db.session.execute(
        db.update(Agency).where(Agency.code == TEMANGGUNG).values(letterhead=lines),
        execution_options={"synchronize_session": False},
    )
