"""remind: plan and deliver the reminders that are due now."""

import click

from stranas.commands.shell import app_context


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say who would get what.")
def remind(dry_run: bool) -> None:
    """Plan the reminders of today and deliver what waits. Repeating it sends nothing twice."""
    with app_context():
        from stranas.reminders import operations
        from stranas.reminders.units import plan_unit_reminders
        from stranas.system import clock, outbox
        from stranas.system.text import JAKARTA

        today = clock.now().astimezone(JAKARTA).date()
        if dry_run:
            _tell(operations.digests_due(today=today))
            return
        counts = operations.plan_reminders(today=today) | plan_unit_reminders(today=today)
        delivered = outbox.deliver_waiting()
        click.echo(f"{today}: {counts['planned']} planned for {counts['agencies']} agencies")
        if counts["to_units"]:
            click.echo(f"{today}: {counts['to_units']} planned for units")
        waiting = f", {delivered['waiting']} waiting for the mail server" if delivered["waiting"] else ""
        click.echo(f"outbox: {delivered['sent']} sent, {delivered['failed']} failed{waiting}")
        if delivered["failed"] or waiting:
            raise SystemExit(1)


def _tell(agencies) -> None:
    digests = [digest for agency in agencies for digest in agency]
    for digest in digests:
        missing = [part.item_key for period in digest.owing.periods for part in (*period.missing, *period.returned)]
        click.echo(f"{digest.person.email}\t{digest.owing.code}\t{digest.step}\t{', '.join(missing)}")
    click.echo(f"{len(digests)} messages would be planned for {len(agencies)} agencies")
