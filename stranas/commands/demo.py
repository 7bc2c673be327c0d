"""bin/stranas demo: practice data on top of init."""

import click

from stranas.commands.shell import Stop, app_context


@click.command()
@click.option("--agencies", type=click.IntRange(4, 595), default=60, show_default=True, help="how many report")
@click.pass_context
def demo(context: click.Context, *, agencies: int) -> None:
    """Fill a new database with practice data up to B18; its clock stands on 13 July 2020, 09.00 WIB."""
    with app_context():
        from stranas.accounts import practice
        from stranas.seed import stamp

        ready = stamp.is_current()
    if not ready:
        context.invoke(context.find_root().command.commands["init"])
    with app_context():
        kind = practice.kind()
        if kind is practice.Kind.PRACTICE:
            click.echo("This is a practice database already; it is kept as it is.")
            return
        if kind is practice.Kind.REAL:
            raise Stop("This database holds real accounts; practice data is only loaded into a new one.")
        _fill(agencies, practice.PASSWORD)


def _fill(agencies: int, password: str) -> None:
    from flask_security import hash_password

    from stranas.demo.fill import fill_demo

    done = fill_demo(agencies=agencies, password=hash_password(password))
    click.echo(
        f"demo: {done.agencies} agencies, {done.submissions} submissions, {done.documents} documents; "
        "the clock shows 13 July 2020, 09.00 WIB"
    )
    _publish()


def _publish() -> None:
    """The report of a quarter takes half a minute to print: whoever waits for the first page need not wait for it."""
    from stranas.demo.publishing import publish_practice
    from stranas.system import background
    from stranas.system.db import unit_of_work

    with unit_of_work():
        background.defer(publish_practice)
    click.echo("the worker makes figures public, and tells the first stories, within a minute or two")
