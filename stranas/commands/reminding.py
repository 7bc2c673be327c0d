"""remind: plan and deliver the reminders that are due now."""

import click

from stranas.commands.shell import app_context


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say who would get what.")
def remind(dry_run: bool) -> None:
    """Plan the reminders of today and deliver what waits. Repeating it sends nothing twice."""
    with app_context():
        from stranas.reminders import operations
        from stranas.reminders.queries.people import zones_awake
        from stranas.system import clock, outbox
        from stranas.system.text import JAKARTA

        now = clock.now()
        today, zones = now.astimezone(JAKARTA).date(), zones_awake(now)
        if dry_run:
            _tell(operations.digests_to_send(today=today, zones=zones))
            return
        counts = operations.plan_reminders(today=today, zones=zones)
        delivered = outbox.deliver_waiting()
        click.echo(f"{today}: {counts['planned']} planned for {counts['agencies']} agencies")
        if counts["skipped"]:
            click.echo(f"{today}: {counts['skipped']} steps not told, each with its reason in the mailbox")
        waiting = f", {delivered['waiting']} waiting for the mail server" if delivered["waiting"] else ""
        click.echo(f"outbox: {delivered['sent']} sent, {delivered['failed']} failed{waiting}")
        if delivered["failed"] or waiting:
            raise SystemExit(1)


def _tell(digests) -> None:
    due = [digest for digest in digests if digest.calls]
    for digest in due:
        agencies = digest.content.agencies
        missing = [part.item_key for agency in agencies for period in agency.periods for part in period.parts]
        codes = ", ".join(agency.code for agency in agencies)
        click.echo(f"{digest.recipient.address}\t{codes}\t{digest.calls[0].key}\t{', '.join(missing)}")
    codes = {agency.code for digest in due for agency in digest.content.agencies}
    click.echo(f"{len(due)} messages would be planned for {len(codes)} agencies")
