"""bin/stranas: the command line. A contract: scripts rely on these words (DESIGN §7).

A wrong word ends with one English sentence and exit code 2, never with a traceback.
"""

import sys

import click

from config import SettingsError


class Stop(click.ClickException):
    """A command cannot go on: one sentence, exit code 2."""

    exit_code = 2


def app_context():
    from stranas import create_app

    return create_app().app_context()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Stranas PK: quarterly reporting on the corruption-prevention action plan."""


@main.command()
def init() -> None:
    """Migrate the database and load the seed data. Safe to repeat."""
    with app_context():
        from flask_migrate import upgrade

        upgrade()


def run() -> None:
    try:
        main(standalone_mode=True)
    except SettingsError as error:
        click.echo(str(error), err=True)
        sys.exit(2)


if __name__ == "__main__":
    run()
