"""check: what the evidence checks say about a file on this machine. Stores nothing."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

import config
from stranas.commands.shell import Stop, app_context
from stranas.evidence import runner
from stranas.evidence.checks import compare, heaviest_first
from stranas.evidence.checks.finding import Claim, Finding, Neighbours, Reading, Surroundings
from stranas.evidence.rules import Severity, clean_name

Answer = TypeVar("Answer")
LABELS = {
    Severity.REFUSED: "REFUSED",
    Severity.MUST_FIX: "MUST FIX",
    Severity.EXPLAIN: "EXPLAIN",
    Severity.INFO: "INFO",
}


@dataclass(frozen=True)
class Asked:
    """What the file is checked against: a title to print, the claim, and what the paper may be about instead."""

    title: str = ""
    claim: Claim = field(default=Claim(""))
    around: Surroundings = field(default=Surroundings())


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--agency", help="agency code: also compare with what was handed in before")
@click.option("--item", help="item key, for example 1-a: check against its evidence requirements")
@click.option("--period", help="period key, for example B18")
@click.option("--program", default="stranas-2019-2020", show_default=True)
@click.pass_context
def check(context: click.Context, *, file: Path, agency: str, item: str, period: str, program: str) -> None:
    """Run the evidence checks on FILE and print the findings.

    Exit code 0: nothing to repair or explain (for at least one requirement); 1: something is; 2: not checked.
    """
    if not file.is_file():
        raise Stop(f"{file} is not a file that can be read.")
    if bool(item) != bool(period):
        raise Stop("--item and --period belong together.")
    asked, agency_id = _from_database(agency, item, period, program) if agency or item else ([Asked()], None)
    results = [(one, _findings(file, one, agency_id)) for one in asked]
    for one, findings in results:
        _print(one, findings)
    context.exit(0 if any(_is_fine(findings) for _, findings in results) else 1)


def _from_database(agency, item, period, program) -> tuple[list[Asked], int | None]:
    def read() -> tuple[list[Asked], int | None]:
        agency_id = _agency_id(agency) if agency else None
        return _asked(agency_id, agency, item, period, program) if item else [Asked()], agency_id

    return _read(read)


def _read(question: Callable[[], Answer]) -> Answer:
    with app_context():
        from stranas.system.db import read_only

        try:
            with read_only():
                return question()
        except (OperationalError, ProgrammingError):
            raise Stop("The database cannot be read. Run bin/stranas init first.") from None


def _agency_id(code: str) -> int:
    from stranas.agencies.models import Agency
    from stranas.system.db import db

    found = db.session.scalar(db.select(Agency.id).where(Agency.code == code))
    if found is None:
        raise Stop(f"There is no agency with the code {code!r}.")
    return found


def _neighbours(file: Path, agency_id: int, claim: Claim, reading: Reading) -> Neighbours:
    """What the product would compare it with, if the agency uploaded it now."""
    from stranas.evidence.neighbours import compared_bytes

    with file.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    found = _read(lambda: compared_bytes(sha256, agency_id=agency_id, claim=claim, reading=reading))
    return found.neighbours


def _asked(agency_id, agency, item_key, period_key, program) -> list[Asked]:
    """The requirements of the targets that the item has in the period (for the agency, if one is named)."""
    from stranas.catalogue.models import Item, Period, Programme, Requirement, Target
    from stranas.reporting.models import Obligation
    from stranas.system.db import db

    programme_id = _id_of(Programme, f"programme {program!r}", Programme.key == program)
    mine = {"programme_id": programme_id}
    item_id = _id_of(Item, f"item {item_key!r} in {program}", Item.key == item_key, **mine)
    period_id = _id_of(Period, f"period {period_key!r} in {program}", Period.key == period_key, **mine)
    query = db.select(Requirement).join(Target).where(Target.item_id == item_id, Target.period_id == period_id)
    if agency_id:
        owed = db.select(Obligation.target_id).where(Obligation.agency_id == agency_id)
        query = query.where(Target.id.in_(owed))
    rows = db.session.scalars(query.order_by(Target.id, Requirement.position)).all()
    if not rows:
        whom = f"the agency {agency} nothing" if agency else "nobody anything"
        raise Stop(f"Item {item_key} asks {whom} in period {period_key}.")
    return [_asked_by(row, agency or "") for row in rows]


def _asked_by(requirement, agency_code: str) -> Asked:
    from stranas.catalogue.models import Target
    from stranas.evidence import claims
    from stranas.system.db import db

    target = db.session.get_one(Target, requirement.target_id)
    claim = claims.claim("", requirement.kind, agency_code=agency_code, target=target)
    return Asked(requirement.title, claim, claims.surroundings(target))


def _id_of(model, words: str, *conditions, **columns) -> int:
    from stranas.system.db import db

    found = db.session.scalar(db.select(model.id).filter_by(**columns).where(*conditions))
    if found is None:
        raise Stop(f"There is no {words}.")
    return found


def _findings(file: Path, asked: Asked, agency_id: int | None) -> tuple[Finding, ...]:
    settings = config.load()
    limit = settings.upload_limit_mb * 1_000_000
    if file.stat().st_size > limit:
        from stranas.evidence.operations import too_large

        refused = too_large(limit)
        return (Finding("too_large", Severity.REFUSED, refused.sentence, refused.repair),)
    claim = replace(asked.claim, name=clean_name(file.name))
    bounds = runner.Bounds(settings.check_seconds, settings.check_memory_mb)
    try:
        outcome = runner.check(file.resolve(), claim, asked.around, bounds=bounds, trust=settings.trust)
    except runner.ChildFailed as error:
        raise Stop(f"The check did not finish: {error}.") from None
    reading = outcome.reading or Reading()
    neighbours = _neighbours(file, agency_id, claim, reading) if agency_id else Neighbours()
    return heaviest_first((*outcome.findings, *compare(reading, claim, neighbours)))


def _is_fine(findings: tuple[Finding, ...]) -> bool:
    return all(finding.severity is Severity.INFO for finding in findings)


def _print(asked: Asked, findings: tuple[Finding, ...]) -> None:
    if asked.title:
        click.echo(asked.title)
    indent = "  " if asked.title else ""
    if not findings:
        click.echo(f"{indent}OK: no findings")
    for finding in findings:
        click.echo(f"{indent}{LABELS[finding.severity]} {finding.code}: {finding.message} {finding.repair}")
