"""What bin/serve asks for before it serves."""

import sys
from contextlib import redirect_stdout

import click

from stranas.commands.shell import Stop, app_context


@click.command(hidden=True)
@click.option("--demo", is_flag=True)
@click.pass_context
def prepare(context: click.Context, *, demo: bool) -> None:
    """Load what is missing; print the practice accounts."""
    commands = context.parent.command.commands
    with app_context():
        from flask import current_app

        from stranas.accounts import practice
        from stranas.seed import stamp
        from stranas.system import assets

        assets.compress(current_app.config["SETTINGS"])
        current = stamp.is_current()
    with redirect_stdout(sys.stderr):
        if not current:
            context.invoke(commands["init"])
        if demo:
            _prepare_practice(context, commands)
    with app_context():
        for account in practice.accounts():
            place = f"{account.role}, {account.agency}" if account.agency else account.role
            click.echo(f"  {account.email}  {practice.PASSWORD}  {place}")


def _prepare_practice(context: click.Context, commands: dict[str, click.Command]) -> None:
    """Practice data goes into a new database only; an existing practice database is kept as it is."""
    with app_context():
        from stranas.accounts import practice

        kind = practice.kind()
    if kind is practice.Kind.REAL:
        raise Stop("This database holds real accounts; practice data is only loaded into a new one.")
    if kind is practice.Kind.NEW and "demo" in commands:
        context.invoke(commands["demo"])
