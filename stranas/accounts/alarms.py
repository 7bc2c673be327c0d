"""Mails to the administrators when something stands still: one for each of them, problem and day.

No mail says that it is over: it could be wrong a minute later. The operations page is always right, and the mail
comes again on the next day if the problem is still there.
"""

from collections.abc import Iterable
from datetime import date

from flask import current_app

from stranas.accounts.models import Membership, Role, User
from stranas.system import outbox
from stranas.system.db import db, unit_of_work
from stranas.system.watching import Problem


def warn(problems: Iterable[Problem], *, day: date) -> int:
    """Plan what was not planned on this day yet; how many mails are new."""
    planned = 0
    for problem in problems:
        with unit_of_work():
            planned += _warn_of(problem, day)
    return planned


def _warn_of(problem: Problem, day: date) -> int:
    settings, letter = current_app.config["SETTINGS"], current_app.jinja_env.get_template("mail/alarm.txt")
    return outbox.plan_each(
        _admins(),
        key=f"alarm:{problem.key}:{day}",
        template="mail/alarm",
        subject=f"Perlu diperiksa: {problem.what}"[:300],
        body_text=letter.render(problem=problem, link=f"{settings.base_url}/operasi"),
        payload={"problem": problem.key},
    )


def _admins() -> list[User]:
    held = db.select(Membership.user_id).where(Membership.role == Role.ADMIN)
    return list(db.session.scalars(db.select(User).where(User.id.in_(held), User.active).order_by(User.id)))
