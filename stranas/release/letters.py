"""Letters about results: to the coordinators and certifying officials of each agency. One act may concern every agency
of the country: each agency's letter is written once, all rows come in few statements."""

from collections.abc import Iterable

from flask import current_app

from stranas.accounts.queries.people import officers
from stranas.agencies.models import Agency
from stranas.release.models import Clarification, Release
from stranas.release.queries.periods import agencies_of
from stranas.system import clock, outbox, text
from stranas.system.outbox import Letter


def tell_clarification(release: Release) -> int:
    """The masa klarifikasi is open, or longer than it was; returns how many letters are new."""
    last_day = text.last_day(release.clarification_ends_at)
    return _tell(
        "mail/clarification",
        agencies_of(release.period_id, now=clock.now()),
        key=f"clarification:{release.id}:{last_day.isoformat()}",
        subject=f"Hasil sementara {_what(release)}: klarifikasi nilai sampai {text.day(last_day)}",
        release=release,
        period=release.period,
    )


def tell_answer(clarification: Clarification) -> int:
    obligation = clarification.submission.obligation
    return _tell(
        "mail/clarification_answer",
        [obligation.agency],
        key=f"clarification_answer:{clarification.id}",
        subject=f"Klarifikasi nilai {obligation.item.key} {obligation.period.name} sudah dijawab",
        clarification=clarification,
        obligation=obligation,
        period=obligation.period,
    )


def tell_release(release: Release) -> int:
    return _tell(
        "mail/release",
        agencies_of(release.period_id, now=clock.now()),
        key=f"release:{release.id}",
        subject=f"Hasil {_what(release)} sudah ditetapkan",
        release=release,
        period=release.period,
    )


def _what(release: Release) -> str:
    return f"{release.period.name} ({release.period.key})"


def _tell(template: str, agencies: Iterable[Agency], *, key: str, subject: str, **said: object) -> int:
    agencies = list(agencies)
    people = officers([agency.id for agency in agencies])
    settings = current_app.config["SETTINGS"]
    page = current_app.jinja_env.get_template(f"{template}.txt")
    period = said["period"]
    letters = []
    for agency in agencies:
        body = page.render(
            office=agency.office,
            agency=agency,
            link=f"{settings.base_url}/hasil/{period.key}",
            help_contact=settings.help_contact,
            **said,
        )
        letters += [
            Letter(f"{key}:{id}", id, mail, f"{subject}, {agency.name}", body) for id, mail in people.get(agency.id, ())
        ]
    return outbox.plan_many(letters, template=template, payload={"about": key})
