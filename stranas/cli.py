"""bin/stranas: the command line. A contract: scripts rely on these words (DESIGN §7).

A wrong word ends with one English sentence and exit code 2, never with a traceback.
"""

import sys
from pathlib import Path

import click

from config import SettingsError
from stranas.commands import machinery, start
from stranas.commands.shell import Stop, app_context


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Stranas PK: quarterly reporting on the corruption-prevention action plan."""


@main.command()
def init() -> None:
    """Migrate the database and load the seed data. Safe to repeat."""
    with app_context():
        from flask_migrate import upgrade

        from stranas.seed import stamp
        from stranas.seed.load import load_seed
        from stranas.system.db import unit_of_work
        from stranas.system.loading import LoadError

        upgrade()
        try:
            with unit_of_work():
                done = load_seed()
                stamp.record()
        except LoadError as problem:
            raise Stop(str(problem)) from None
        for name, loaded in done.items():
            click.echo(f"{name}: {loaded.total} ({loaded.added} added, {loaded.changed} changed)")


@main.group()
def seed() -> None:
    """The files of seed_data."""


@seed.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export_seed(folder: Path) -> None:
    """Write agencies, reasons and programmes of the database as seed files."""
    with app_context():
        from stranas.seed.export import export_seed
        from stranas.system.db import read_only

        with read_only():
            written = export_seed(folder=folder)
        for file in written:
            click.echo(str(file))


main.add_command(machinery.worker)
main.add_command(machinery.jobs)
main.add_command(start.prepare)


def run() -> None:
    try:
        main(standalone_mode=True)
    except SettingsError as error:
        click.echo(str(error), err=True)
        sys.exit(2)


if __name__ == "__main__":
    run()
