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
    _publish(done.agencies)


def _publish(agencies: int) -> None:
    from stranas.demo import publishing

    if agencies <= publishing.MOST_AGENCIES:
        publishing.publish_latest()
        click.echo(f"public: figures of the latest released period, {publishing.tell_stories()} stories")
    click.echo("the worker makes the figures of the other released periods public within minutes")
