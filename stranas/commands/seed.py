"""bin/stranas init · seed export: the seed files into the database and out of it."""

from pathlib import Path

import click

from stranas.commands.shell import Stop, app_context


@click.command()
def init() -> None:
    """Migrate the database and load the seed data. Safe to repeat."""
    with app_context():
        from flask import current_app
        from flask_migrate import upgrade

        from stranas.seed import stamp
        from stranas.seed.load import load_seed
        from stranas.system import assets
        from stranas.system.db import unit_of_work
        from stranas.system.loading import LoadError

        assets.compress(current_app.config["SETTINGS"])
        upgrade()
        try:
            with unit_of_work(longest=None):
                done = load_seed()
                stamp.record()
        except LoadError as problem:
            raise Stop(str(problem)) from None
        for name, loaded in done.items():
            click.echo(f"{name}: {loaded.total} ({loaded.added} added, {loaded.changed} changed)")


@click.group()
def seed() -> None:
    """The files of seed_data."""


@seed.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """Write agencies, reasons and programmes of the database as seed files."""
    with app_context():
        from stranas.seed.export import export_seed
        from stranas.system.db import db, read_only

        if not db.inspect(db.engine).has_table("programme"):
            raise Stop("The database is empty: run bin/stranas init first.")
        with read_only():
            written = export_seed(folder=folder)
        for file in written:
            click.echo(str(file))
