"""Who is to be reminded of what on a day: from what is owed, the ladder and the people, one digest for each person.

Nothing is written here. `digests_due` is asked by the morning's job, by the command and by the preview.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from stranas.agencies.holidays import indonesian_holidays
from stranas.catalogue.models import Period
from stranas.reminders.choosing import choices_of, is_digest_day
from stranas.reminders.queries import owing, people, requests, verifying
from stranas.reminders.queries.ladders import ladders
from stranas.reminders.queries.owing import Owing, PeriodOwed
from stranas.reminders.queries.people import ZONES, Recipient
from stranas.reminders.queries.requests import Asked
from stranas.reminders.queries.verifying import Undecided
from stranas.reminders.rules import (
    DEFAULT_LADDER,
    Anchor,
    Audience,
    Call,
    Duty,
    Skipped,
    Step,
    Window,
    fallen,
    last_calls,
)
from stranas.system import clock
from stranas.system.text import JAKARTA

WEEK = timedelta(days=7)
PAUSED = "Dijeda oleh penerima; disampaikan kepada penggantinya."


@dataclass(frozen=True)
class Country:
    """What the secretariat hears of one period and day: the agencies that still owe targets."""

    programme_id: int
    title: str
    duty: Duty
    agencies: tuple[str, ...]


@dataclass(frozen=True)
class Content:
    """What one person is told. `agencies` and `awaited` (unit requests) as somebody of an agency, `asked` as somebody
    of a unit, `queue` as a verifier, `country` and `undecided` as the secretariat. `late_since`: the day on which the
    oldest step should have been sent, where that is past. `approves`: he is asked for approvals, too."""

    agencies: tuple[Owing, ...] = ()
    approves: bool = False
    awaited: tuple[Asked, ...] = ()
    asked: tuple[Asked, ...] = ()
    queue: tuple[Undecided, ...] = ()
    country: tuple[Country, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    late_since: date | None = None

    def obligations(self) -> list[int]:
        parts = (part for agency in self.agencies for period in agency.periods for part in period.parts)
        return sorted({part.obligation_id for part in parts})

    def requests(self) -> list[int]:
        return sorted({request.id for request in (*self.awaited, *self.asked)})


@dataclass(frozen=True)
class Digest:
    """One message that is due: `calls` are the steps that it tells, the most urgent first; `skipped` those that are
    not told, and why."""

    recipient: Recipient
    calls: tuple[Call, ...]
    skipped: tuple[Skipped, ...]
    content: Content


@dataclass
class _Told:
    """What gathers for one person while the agencies are gone through."""

    recipient: Recipient
    calls: dict[Call, None] = field(default_factory=dict)
    skipped: dict[Skipped, None] = field(default_factory=dict)
    agencies: dict[str, Owing] = field(default_factory=dict)
    approves: bool = False
    lists: dict[str, list] = field(default_factory=lambda: defaultdict(list))

    def hears_of(self, agency: Owing, period: PeriodOwed) -> None:
        known = self.agencies.get(agency.code)
        if known is None or period not in known.periods:
            periods = (*known.periods, period) if known else (period,)
            self.agencies[agency.code] = replace(agency, periods=periods)


def digests_due(
    *,
    today: date,
    since: date | None = None,
    zones: Collection[str] = ZONES,
    told: Collection[tuple[str, str]] = frozenset(),
) -> list[Digest]:
    """The messages that are due on a WIB day, or were missed after the day `since`, of the people of some zones.

    `told`: recipient and key of what was told or skipped already.
    """
    window = Window(since or today - timedelta(days=1), today)
    now, closed_since = clock.now(), datetime.combine(window.since, time(), JAKARTA)
    periods = owing.periods_to_remind_of(now, closed_since)
    awaited = requests.requests_awaited(now)
    agencies = owing.with_details(owing.agencies_owing(periods, now=now), _by_obligation(awaited))
    gathering = _Gathering(window, told, zones)
    for agency in agencies:
        gathering.tell_agency(agency)
    gathering.tell_requests(awaited)
    gathering.tell_verifiers(periods, lambda user_id: verifying.undecided_of(user_id, periods, now=now))
    gathering.tell_secretariat(periods, agencies, lambda: verifying.undecided(periods, now=now))
    return gathering.digests()


def _by_obligation(awaited: list[Asked]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for request in awaited:
        found[request.obligation_id].append(request.awaited_from)
    return found


class _Gathering:
    """One person's steps and what they tell of come from many places: here they meet."""

    def __init__(self, window: Window, told: Collection[tuple[str, str]], zones: Collection[str]) -> None:
        self.window, self.told, self.zones = window, told, zones
        self.people, self.ladders, self.holidays = people.people_to_remind(), ladders(), indonesian_holidays()
        self.choices = choices_of(self.people.by_id)
        self.found: dict[str, _Told] = {}
        self.known: dict[tuple, tuple[Call | None, list[Skipped]]] = {}

    def calls(
        self, programme_id: int, duties: Iterable[Duty], audience: Audience, *, weekly: bool = False
    ) -> tuple[list[Call], list[Skipped]]:
        """What has come for an audience. The same duties belong to hundreds of agencies: each is asked once."""
        calls: list[Call] = []
        skipped: list[Skipped] = []
        for duty in duties:
            key = (programme_id, duty, duty.closed_on, audience, weekly)
            if key not in self.known:
                self.known[key] = self._fallen(programme_id, duty, audience, weekly=weekly)
            call, earlier = self.known[key]
            calls += [call] if call else []
            skipped += earlier
        return calls, skipped

    def _fallen(
        self, programme_id: int, duty: Duty, audience: Audience, *, weekly: bool
    ) -> tuple[Call | None, list[Skipped]]:
        """Who wants one digest a week hears on its day of all that came since, and in between of last calls only."""
        ladder = self.ladder(programme_id)
        if not weekly:
            return fallen(duty, ladder, audience, self.window, self.holidays)
        if is_digest_day(self.window.today, self.holidays):
            week = Window(min(self.window.since, self.window.today - WEEK), self.window.today)
            return fallen(duty, ladder, audience, week, self.holidays)
        return fallen(duty, last_calls(ladder, audience), audience, self.window, self.holidays)

    def ladder(self, programme_id: int) -> tuple[Step, ...]:
        return self.ladders.get(programme_id, DEFAULT_LADDER)

    def hear(self, recipient: Recipient, programme_id: int, duties: Iterable[Duty], audience: Audience) -> list[_Told]:
        """Who is to be told of it, each with what is new to him: the person, or while he pauses whoever stands in for
        him; of a last call both."""
        choice = self.choices.get(recipient.id or 0)
        calls, skipped = self.calls(programme_id, duties, audience, weekly=bool(choice and choice.weekly))
        if not calls and not skipped:
            return []
        substitute = choice and choice.pauses(self.window.today) and self.people.by_id.get(choice.substitute_id or 0)
        if not substitute:
            return self.note(recipient, calls, skipped)
        last = last_calls(self.ladder(programme_id), audience)
        paused = [Skipped(call, PAUSED) for call in calls if call.step not in last]
        own = self.note(recipient, [call for call in calls if call.step in last], [*skipped, *paused])
        return [*own, *self.note(substitute, calls, [])]

    def note(self, recipient: Recipient, calls: Iterable[Call], skipped: Iterable[Skipped]) -> list[_Told]:
        """The person's gathering, where a step is new to him. What is skipped is kept in any case."""
        if recipient.zone not in self.zones:
            return []
        fresh = [call for call in calls if (recipient.key, call.key) not in self.told]
        passed = [one for one in skipped if (recipient.key, one.call.key) not in self.told]
        if not fresh and not passed:
            return []
        told = self.found.setdefault(recipient.key, _Told(recipient))
        told.calls.update(dict.fromkeys(fresh))
        told.skipped.update(dict.fromkeys(passed))
        return [told] if fresh else []

    def tell_agency(self, agency: Owing) -> None:
        """Who does not write the report himself, a certifying official or one who stands in, is led where he may go."""
        writers = self.people.of_agency.get((agency.id, Audience.COORDINATOR), ())
        for audience in (Audience.COORDINATOR, Audience.CERTIFIER):
            recipients = self.people.of_agency.get((agency.id, audience), ())
            for period in agency.periods if recipients else ():
                duties = period.duties()
                for recipient in recipients:
                    for told in self.hear(recipient, period.programme_id, duties, audience):
                        told.hears_of(agency, period)
                        told.approves |= audience is Audience.CERTIFIER or told.recipient not in writers

    def tell_requests(self, awaited: list[Asked]) -> None:
        of_units = requests.people_of_units() if awaited else {}
        for request in awaited:
            for recipient in self._of_unit(request, of_units.get(request.unit_id, [])):
                self._tell(recipient, "asked", request, Audience.UNIT)
            for audience in (Audience.COORDINATOR, Audience.CERTIFIER):
                for recipient in self.people.of_agency.get((request.agency_id, audience), ()):
                    self._tell(recipient, "awaited", request, audience)

    def _of_unit(self, request: Asked, accounts: list[tuple[int, str]]) -> list[Recipient]:
        """Its people; without any, its own address."""
        if accounts:
            return [self.people.by_id[user_id] for user_id, _ in accounts]
        unit = Recipient(None, request.unit_email, request.timezone, request.unit_id)
        return [unit] if request.unit_email else []

    def _tell(self, recipient: Recipient, what: str, thing: Asked | Undecided | Country, audience: Audience) -> None:
        for told in self.hear(recipient, thing.programme_id, [thing.duty], audience):
            if thing not in told.lists[what]:
                told.lists[what].append(thing)

    def tell_verifiers(self, periods: Sequence[Period], undecided_of: Callable[[int], list[Undecided]]) -> None:
        """What each of them has to decide is asked only where a step falls for any."""
        if any(self._falls(period, Audience.VERIFIER) for period in periods):
            for recipient in self.people.national[Audience.VERIFIER]:
                for queue in undecided_of(recipient.id or 0):
                    self._tell(recipient, "queue", queue, Audience.VERIFIER)

    def tell_secretariat(
        self, periods: Sequence[Period], agencies: list[Owing], undecided: Callable[[], list[Undecided]]
    ) -> None:
        countries = list(self._countries(agencies))
        queues = undecided() if any(self._falls(period, Audience.SECRETARIAT) for period in periods) else []
        for recipient in self.people.national[Audience.SECRETARIAT]:
            for country in countries:
                self._tell(recipient, "country", country, Audience.SECRETARIAT)
            for queue in queues:
                self._tell(recipient, "undecided", queue, Audience.SECRETARIAT)

    def _falls(self, period: Period, audience: Audience) -> bool:
        """Whether the end of a period's verification may concern an audience today, by choice weekly or not."""
        duty, week = verifying.duty_of(period), Window(self.window.today - WEEK, self.window.today)
        windows = (self.window, week)
        ladder = self.ladder(period.programme_id)
        return any(fallen(duty, ladder, audience, window, self.holidays) != (None, []) for window in windows)

    def _countries(self, agencies: list[Owing]) -> Iterable[Country]:
        """By period and day: the agencies that still owe. Corrections are between an agency and its verifier."""
        names: dict[tuple[int, str, Duty], list[str]] = defaultdict(list)
        for agency in agencies:
            for period in agency.periods:
                for duty in period.duties():
                    if duty.anchor in (Anchor.DUE, Anchor.LOCK) and duty.is_open:
                        names[period.programme_id, period.title, duty].append(agency.name)
        for (programme_id, title, duty), owing_names in names.items():
            yield Country(programme_id, title, duty, tuple(owing_names))

    def digests(self) -> list[Digest]:
        return [self._digest(told) for told in self.found.values()]

    def _digest(self, told: _Told) -> Digest:
        calls = tuple(sorted(told.calls, key=lambda call: call.urgency))
        late = min((call.day for call in calls), default=self.window.today)
        choice = self.choices.get(told.recipient.id or 0)
        is_late = late < self.window.today and not (choice and choice.weekly)
        content = Content(
            agencies=tuple(told.agencies[code] for code in sorted(told.agencies)),
            approves=told.approves,
            awaited=tuple(told.lists["awaited"]),
            asked=tuple(told.lists["asked"]),
            queue=tuple(told.lists["queue"]),
            country=tuple(told.lists["country"]),
            undecided=tuple(told.lists["undecided"]),
            late_since=late if is_late else None,
        )
        return Digest(told.recipient, calls, tuple(told.skipped), content)
