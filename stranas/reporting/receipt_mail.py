"""The receipt as mail: a row of the outbox for each coordinator and certifying official, planned with the filing."""

from flask import current_app

from stranas.accounts.models import Role, User
from stranas.accounts.queries.people import agency_people
from stranas.reporting import letters
from stranas.reporting.letters import Receipt
from stranas.reporting.models import Filing
from stranas.system import outbox

TEMPLATE = "mail/receipt"


def plan_receipts(filing: Filing) -> int:
    """Plan the mails; returns how many are new."""
    people = _officers(filing.agency_id)
    if not people:
        return 0
    receipt = letters.receipt_of(filing)
    subject, body = subject_of(receipt), body_of(receipt, filing)
    return outbox.plan_each(
        people,
        key=f"receipt:{filing.id}",
        template=TEMPLATE,
        subject=subject,
        body_text=body,
        payload={"filing": filing.number},
    )


def _officers(agency_id: int) -> list[User]:
    """Coordinators first; who certifies too is there once."""
    roles = (Role.COORDINATOR, Role.CERTIFIER)
    return list(dict.fromkeys(one for role in roles for one in agency_people(agency_id=agency_id, role=role)))


def subject_of(receipt: Receipt) -> str:
    remark = " (terkirim dengan catatan)" if receipt.notes else ""
    return f"Tanda terima {receipt.number}, {receipt.agency}{remark}"


def body_of(receipt: Receipt, filing: Filing) -> str:
    settings = current_app.config["SETTINGS"]
    agency = filing.agency
    return current_app.jinja_env.get_template(f"{TEMPLATE}.txt").render(
        office=agency.office,
        r=receipt,
        link=f"{settings.base_url}/laporan-triwulan/tanda-terima/{receipt.number}",
        help_contact=settings.help_contact,
    )
