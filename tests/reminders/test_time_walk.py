"""A clock goes day by day through 2019 and 2020: every morning brings what time_walk/expected.csv says, and nothing
else. The table was written from the rules in words (time_walk/README.md), not from the code."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial

from stranas import jobs
from stranas.deadlines.rules import JAKARTA
from stranas.reminders.letters import TEMPLATE
from stranas.reminders.operations import BESIDE, plan_reminders
from stranas.requests.models import UnitRequest
from stranas.system import background, clock
from stranas.system.db import db
from stranas.system.models import MessageState, OutboxMessage
from stranas.system.schedule import Turn
from tests.reminders.walk import FOLDER, JANUARY_2019, Country, Event, read_events

LAST_DAY = date(2021, 3, 31)
JOBS = [job for job in jobs.JOBS if job.name.startswith("reminders_")]
FIRST_MORNING, LAST_MORNING = time(6), time(8)
SAME_DAY = "Jatuh pada hari yang sama"
PASSED = "a later step is told"
ANCHORS = {
    "due": "due",
    "lock": "filing closes",
    "return": "return",
    "correction": "window ends",
    "verification": "verification ends",
    "unit": "unit request",
}
# A letter names what is still to be sent, what was returned, what units were asked for, and what waits for decisions.
KINDS = {
    "due": "missing",
    "filing closes": "missing",
    "return": "returned",
    "window ends": "returned",
    "unit request": "asked",
    "verification ends": "undecided",
}


def test_every_morning_tells_what_the_table_says(app, database, monkeypatch):
    """What the first database answers on days of which the table says nothing, the second need not answer again."""
    monkeypatch.setattr(background, "defer", lambda *_, **__: None)  # what is planned need not leave the house
    country, table = Country(), read_table()
    told_on = {date.fromisoformat(row["day"]) for row in table}
    early = {date.fromisoformat(row["day"]) for row in table if row["wib_hour"] < "08.00"}
    walk(country, read_events(), busy=early, days=every_day() if database == "sqlite" else sorted(told_on))
    people, messages = country.whose(), reminders()
    told = [line for message in messages for line in lines_of(message, people)]
    assert_same([line_of(row) for row in table], told)
    sent = [message for message in messages if message.state is not MessageState.CANCELLED]
    assert twice(sent, people) == []
    named = {line for message in sent for line in named_by(message, people, country)}
    assert_same(sorted(named_in(table)), sorted(named))


def every_day() -> Iterator[date]:
    day = JANUARY_2019
    while day <= LAST_DAY:
        yield day
        day += timedelta(days=1)


def walk(country: Country, events: Iterable[Event], *, busy: Collection[date], days: Iterable[date]) -> None:
    """Each of these days, and each event at its instant."""
    waiting = sorted(events, key=lambda event: event.at)
    busy = {event.at.date() for event in waiting if FIRST_MORNING <= event.at.time() <= LAST_MORNING} | set(busy)
    for at, run in mornings(days, busy):
        while waiting and waiting[0].at < at:
            country.happen(waiting.pop(0))
        with clock.at(at):
            run()
    assert not waiting


def mornings(days: Iterable[date], busy: Collection[date]) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """The three mornings of each busy day. On any other nobody should hear of anything before 08.00 WIB, and nothing
    changes between its mornings: one run for all zones, then, finds whatever the three would."""
    for day in days:
        turn = Turn(day=day, since=day - timedelta(days=1))
        if day in busy:
            for job in sorted(JOBS, key=lambda job: job.when.at):
                yield datetime.combine(day, job.when.at, JAKARTA), partial(job.function, turn)
        else:
            yield datetime.combine(day, LAST_MORNING, JAKARTA), partial(plan_reminders, today=day, since=turn.since)


def read_table() -> list[dict[str, str]]:
    with (FOLDER / "expected.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def line_of(row: dict[str, str]) -> str:
    columns = ("day", "wib_hour", "role", "agency", "period", "anchor", "anchor_day", "step", "outcome")
    return ", ".join(row[column] for column in columns)


def reminders() -> list[OutboxMessage]:
    mails = db.select(OutboxMessage).where(OutboxMessage.template == TEMPLATE, OutboxMessage.channel == "mail")
    return list(db.session.scalars(mails.order_by(OutboxMessage.id)))


def lines_of(message: OutboxMessage, people: dict[int, tuple[str, str]]) -> Iterator[str]:
    """What a message tells, or why it was not sent, in the words of the table; one line for each step."""
    if message.outcome == BESIDE:
        return  # among the steps of the message that was sent
    passed = message.state is MessageState.CANCELLED
    outcome = PASSED if passed and SAME_DAY in message.outcome else message.outcome if passed else "told"
    at = message.planned_for.astimezone(JAKARTA)
    role, agency = people[message.recipient_id]
    for key in message.payload["steps"]:
        period, anchor, day, days = key.split(":")
        step = f"{int(days):+d}" if int(days) else "0"
        yield ", ".join((f"{at:%Y-%m-%d}", f"{at:%H.%M}", role, agency, period, ANCHORS[anchor], day, step, outcome))


def twice(messages: Iterable[OutboxMessage], people: dict[int, tuple[str, str]]) -> list[str]:
    """Who got more than one message on a day."""
    days = Counter((f"{m.planned_for.astimezone(JAKARTA):%Y-%m-%d}", *people[m.recipient_id]) for m in messages)
    return [", ".join(whose) for whose, count in days.items() if count > 1]


def assert_same(expected: Iterable[str], found: Iterable[str]) -> None:
    """The differences, each a line that begins with its day."""
    expected, found = Counter(expected), Counter(found)
    differences = [f"{line}   <- in the table, not told" for line in (expected - found).elements()]
    differences += [f"{line}   <- told, not in the table" for line in (found - expected).elements()]
    assert not differences, "\n".join(["", *sorted(differences)])


def named_in(table: Iterable[dict[str, str]]) -> set[str]:
    """What each message must name, by day, person, period and kind; one line for each name."""
    return {
        ", ".join((row["day"], row["role"], row["agency"], row["period"], KINDS[row["anchor"]], name))
        for row in table
        if row["outcome"] == "told"
        for name in _names(row)
    }


def _names(row: dict[str, str]) -> list[str]:
    """Targets; to the verifier with their agency, to the secretariat the agencies or how many reports."""
    if row["agency"]:
        return f"{row['owed']} {row['named_beside']}".split()
    owed = [part.strip().split(" ") for part in row["owed"].split(";")]
    pairs = [
        (" ".join(word for word in words if word not in "AB"), key) for words in owed for key in "AB" if key in words
    ]
    if row["role"] == "verifier":
        return [f"{agency} {key}" for agency, key in pairs]
    return [str(len(pairs))] if row["anchor"] == "verification ends" else [agency for agency, _ in pairs]


def named_by(message: OutboxMessage, people: dict[int, tuple[str, str]], country: Country) -> Iterator[str]:
    """The same of a message, for the kinds that its steps are about."""
    day, (role, agency) = message.planned_for.astimezone(JAKARTA).date(), people[message.recipient_id]
    for key in message.payload["steps"]:
        period, anchor, *_ = key.split(":")
        kind = KINDS[ANCHORS[anchor]]
        named = _targets(message, period, kind) if agency else _listed(message, role, kind, country)
        yield from (", ".join((f"{day}", role, agency, period, kind, name)) for name in named)


def _targets(message: OutboxMessage, period: str, kind: str) -> list[str]:
    if kind == "asked":
        requests = [db.session.get_one(UnitRequest, number) for number in message.payload["requests"]]
        found = [f"{request.obligation.period.key} {request.obligation.item.key}" for request in requests]
    else:
        found = message.payload[kind]
    return [name.split()[1] for name in found if name.split()[0] == period]


def _listed(message: OutboxMessage, role: str, kind: str, country: Country) -> list[str]:
    """What the letter of somebody of the country lists, as he reads it."""
    if role == "secretariat" and kind == "undecided":
        return re.findall(r"^(\d+) laporan di seluruh instansi", message.body_text, re.M)
    short = {office.agency.name: name for name, office in country.offices.items()}
    lines = [line.split(", ") for line in re.findall(r"^- (.+)$", message.body_text, re.M)]
    return [" ".join((short[agency], *key)) for agency, *key in lines]
