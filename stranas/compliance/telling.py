"""The letter about a file that took a while."""

from flask import current_app

from stranas.compliance.models import Export
from stranas.system import outbox


def tell_ready(export: Export) -> None:
    """To the one who asked, once."""
    settings, page = current_app.config["SETTINGS"], current_app.jinja_env.get_template("mail/export_ready.txt")
    outbox.plan(
        key=f"export:{export.id}",
        recipient_id=export.person.id,
        address=export.person.email,
        template="mail/export_ready",
        subject=f"Berkas siap diunduh: {export.title}",
        body_text=page.render(
            export=export,
            link=f"{settings.base_url}/kepatuhan/unduhan",
            help_contact=settings.help_contact,
        ),
    )
