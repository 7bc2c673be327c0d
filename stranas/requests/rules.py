"""What may happen to a request, who holds the ball, and until when. Standard library only."""

import enum
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AHEAD = timedelta(days=10)  # how long before the due day a unit is asked to deliver, unless somebody says otherwise
LINK_OUTLIVES_DUE = timedelta(days=7)
LONGEST_LINK = timedelta(days=60)
SHORTEST_LINK = timedelta(days=1)


class State(enum.Enum):
    """Where a request stands. `label` is the word on screen, `mark` the class of tokens.css."""

    ASKED = "asked"
    SEEN = "seen"
    SIGNING = "signing"
    UPLOADED = "uploaded"
    SENT_BACK = "sent_back"
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return _STATE_WORDS[self][0]

    @property
    def mark(self) -> str:
        return _STATE_WORDS[self][1]

    @property
    def is_open(self) -> bool:
        """Somebody still has to act."""
        return self not in (State.TAKEN, State.WITHDRAWN)

    @property
    def waits_for_unit(self) -> bool:
        """The unit may upload, and is reminded."""
        return self.is_open and self is not State.UPLOADED


_STATE_WORDS = {
    State.ASKED: ("Diminta", "belum"),
    State.SEEN: ("Dilihat", "draf"),
    State.SIGNING: ("Menunggu tanda tangan", "setuju"),
    State.UPLOADED: ("Diunggah", "kirim"),
    State.SENT_BACK: ("Dikembalikan Inspektorat", "kembali"),
    State.TAKEN: ("Diterima", "verif"),
    State.WITHDRAWN: ("Ditarik", "belum"),
}


class Act(enum.Enum):
    """What may happen to a request, in the past tense."""

    ASKED = "asked"
    SEEN = "seen"
    AWAITS_SIGNATURE = "awaits_signature"
    UPLOADED = "uploaded"
    SENT_BACK = "sent_back"
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return _ACT_WORDS[self]


_ACT_WORDS = {
    Act.ASKED: "Diminta",
    Act.SEEN: "Dibuka unit",
    Act.AWAITS_SIGNATURE: "Menunggu tanda tangan",
    Act.UPLOADED: "Dikirim unit",
    Act.SENT_BACK: "Dikembalikan kepada unit",
    Act.TAKEN: "Diterima dan dilampirkan",
    Act.WITHDRAWN: "Ditarik",
}


class Party(enum.Enum):
    INSPECTORATE = "inspectorate"
    UNIT = "unit"  # with an account, or by the link


@dataclass(frozen=True)
class Transition:
    """One legal step."""

    state: State
    act: Act
    by: Party
    then: State


TRANSITIONS = (
    Transition(State.ASKED, Act.SEEN, Party.UNIT, State.SEEN),
    Transition(State.ASKED, Act.AWAITS_SIGNATURE, Party.UNIT, State.SIGNING),
    Transition(State.SEEN, Act.AWAITS_SIGNATURE, Party.UNIT, State.SIGNING),
    Transition(State.SIGNING, Act.AWAITS_SIGNATURE, Party.UNIT, State.SIGNING),
    Transition(State.SENT_BACK, Act.AWAITS_SIGNATURE, Party.UNIT, State.SIGNING),
    Transition(State.ASKED, Act.UPLOADED, Party.UNIT, State.UPLOADED),
    Transition(State.SEEN, Act.UPLOADED, Party.UNIT, State.UPLOADED),
    Transition(State.SIGNING, Act.UPLOADED, Party.UNIT, State.UPLOADED),
    Transition(State.SENT_BACK, Act.UPLOADED, Party.UNIT, State.UPLOADED),
    Transition(State.UPLOADED, Act.SENT_BACK, Party.INSPECTORATE, State.SENT_BACK),
    Transition(State.UPLOADED, Act.TAKEN, Party.INSPECTORATE, State.TAKEN),
    Transition(State.ASKED, Act.WITHDRAWN, Party.INSPECTORATE, State.WITHDRAWN),
    Transition(State.SEEN, Act.WITHDRAWN, Party.INSPECTORATE, State.WITHDRAWN),
    Transition(State.SIGNING, Act.WITHDRAWN, Party.INSPECTORATE, State.WITHDRAWN),
    Transition(State.UPLOADED, Act.WITHDRAWN, Party.INSPECTORATE, State.WITHDRAWN),
    Transition(State.SENT_BACK, Act.WITHDRAWN, Party.INSPECTORATE, State.WITHDRAWN),
)


class IllegalStep(Exception):
    """The request does not stand where this step begins. Carries the state and the act."""

    def __init__(self, state: State, act: Act) -> None:
        super().__init__(f"{act.value} is not possible from {state.value}")
        self.state = state
        self.act = act


def next_state(*, state: State, act: Act, by: Party) -> State:
    """Where the step leads. Raises IllegalStep when the table has no such row."""
    for row in TRANSITIONS:
        if (row.state, row.act, row.by) == (state, act, by):
            return row.then
    raise IllegalStep(state, act)


def end_of_day(day: date, zone: str) -> datetime:
    """The exclusive end of a day in a zone, as UTC."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)


def suggested_day(*, due_day: date, today: date) -> date:
    """Ten days before the due day; today when that has passed already, and never after the due day."""
    return min(max(due_day - AHEAD, today), due_day)


def link_life(*, due_at: datetime, now: datetime) -> timedelta:
    """How long a link stands from now on: until a week after the internal due instant, at most 60 days."""
    return min(max(due_at + LINK_OUTLIVES_DUE - now, SHORTEST_LINK), LONGEST_LINK)


def link_stands(*, expires_at: datetime, revoked_at: datetime | None, now: datetime) -> bool:
    return revoked_at is None and now < expires_at


class Holder(enum.Enum):
    """Who has to act next."""

    UNIT = "unit"
    UNIT_OFFICIAL = "unit_official"
    INSPECTORATE = "inspectorate"
    CERTIFIER = "certifier"
    VERIFIER = "verifier"
    OTHER_AGENCY = "other_agency"
    NOBODY = "nobody"

    @property
    def label(self) -> str:
        return _HOLDER_WORDS[self][0]

    @property
    def mark(self) -> str:
        return _HOLDER_WORDS[self][1]


_HOLDER_WORDS = {
    Holder.UNIT: ("Unit", "belum"),
    Holder.UNIT_OFFICIAL: ("Pejabat unit", "setuju"),
    Holder.INSPECTORATE: ("Inspektorat", "draf"),
    Holder.CERTIFIER: ("Pejabat penyetuju", "setuju"),
    Holder.VERIFIER: ("Verifikator", "kirim"),
    Holder.OTHER_AGENCY: ("Instansi lain", "tunggu"),
    Holder.NOBODY: ("Selesai", "verif"),
}


def holder_of_request(state: State) -> Holder:
    if state is State.SIGNING:
        return Holder.UNIT_OFFICIAL
    if state is State.UPLOADED:
        return Holder.INSPECTORATE
    return Holder.UNIT if state.is_open else Holder.NOBODY


class Danger(enum.Enum):
    """How a unit's delay endangers an obligation."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    NONE = "none"

    @property
    def label(self) -> str:
        return _DANGER_WORDS[self][0]

    @property
    def mark(self) -> str:
        return _DANGER_WORDS[self][1]


_DANGER_WORDS = {
    Danger.LATE: ("Sudah lewat", "gagal"),
    Danger.TODAY: ("Hari terakhir", "kembali"),
    Danger.SOON: ("Kurang dari 3 hari", "tunggu"),
    Danger.NONE: ("Masih cukup waktu", "siap"),
}


def danger(*, due_at: datetime, now: datetime) -> Danger:
    """By the time that is left until the internal due instant (exclusive)."""
    if now >= due_at:
        return Danger.LATE
    left = due_at - now
    if left <= timedelta(days=1):
        return Danger.TODAY
    return Danger.SOON if left < timedelta(days=3) else Danger.NONE
