"""Load seed_data/ into a migrated database. Safe to repeat: a second run changes nothing."""

from collections.abc import Iterator
from pathlib import Path

from stranas.agencies.holidays import indonesian_holidays
from stranas.agencies.operations import load_agencies, load_aliases
from stranas.catalogue.models import Programme
from stranas.catalogue.operations import load_items, load_periods, load_programme, load_targets
from stranas.catalogue.rules import programme_rules
from stranas.deadlines.rules import Instants, instants
from stranas.reporting.obligations import create_obligations
from stranas.seed.files import SEED_DATA, read_rows, read_table
from stranas.system.loading import Loaded, Row
from stranas.verification.operations import load_return_reasons


def load_seed(*, folder: Path = SEED_DATA) -> dict[str, Loaded]:
    """Everything, in the order of the rooms; what happened, by the name of what was loaded. Commits nothing."""
    done = {
        "agencies": load_agencies(rows=read_rows(folder / "agencies.csv")),
        "aliases": load_aliases(rows=read_rows(folder / "agency_aliases.csv")),
        "return reasons": load_return_reasons(rows=read_rows(folder / "return_reasons.csv")),
    }
    for place in sorted((folder / "programmes").iterdir()):
        done |= {f"{name} of {place.name}": loaded for name, loaded in _load_programme(place)}
    return done


def _load_programme(place: Path) -> Iterator[tuple[str, Loaded]]:
    programme = load_programme(values=read_table(place / "programme.toml"), place="programme.toml")
    periods = read_rows(place / "periods.csv")
    three = [_instants(programme, row) for row in periods]
    yield "periods", load_periods(programme=programme, rows=periods, instants=three)
    yield "items", load_items(programme=programme, rows=read_rows(place / "items.csv"))
    yield "targets", load_targets(programme=programme, rows=read_rows(place / "targets.csv"))
    yield "obligations", create_obligations(programme=programme)


def _instants(programme: Programme, row: Row) -> Instants:
    rules = programme_rules(programme.settings)
    return instants(
        quarter_end=row.day("ends_on"),
        due_working_days=rules.due_working_days,
        lock_days=rules.lock_days,
        verification_days=rules.verification_days,
        holidays=indonesian_holidays(),
    )
