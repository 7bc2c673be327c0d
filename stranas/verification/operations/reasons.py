"""The catalogue of coded reasons. Codes never change; decisions keep the words that they said."""

from stranas.system import audit
from stranas.system.db import insert_unless_there
from stranas.system.errors import Refused
from stranas.system.loading import Loaded, Row, load_rows
from stranas.verification.models import ReturnReason


def add_reason(*, code: str, reason: str, repair: str) -> None:
    """Raises Refused when the code is taken."""
    values = {"code": code, "reason": reason.strip(), "repair": repair.strip(), "active": True}
    if insert_unless_there(ReturnReason, values, unique=["code"]) is None:
        raise Refused(f"Kode {code} sudah dipakai.", "Pilih nomor berikutnya, atau ubah alasan yang sudah ada.")
    audit.record("reason.added", f"reason:{code}", reason=values["reason"], repair=values["repair"])


def edit_reason(*, reason: ReturnReason, words: str, repair: str) -> None:
    """The words of decisions to come."""
    before = {"reason": reason.reason, "repair": reason.repair}
    reason.reason, reason.repair = words.strip(), repair.strip()
    if before != {"reason": reason.reason, "repair": reason.repair}:
        audit.record("reason.edited", f"reason:{reason.code}", before=before)


def offer_reason(*, reason: ReturnReason, active: bool) -> None:
    """Offer a reason to verifiers, or no longer."""
    if reason.active is not active:
        reason.active = active
        audit.record("reason.offered" if active else "reason.withdrawn", f"reason:{reason.code}")


def load_return_reasons(*, rows: list[Row]) -> Loaded:
    """New codes come in; words that are there are the secretariat's to change, on the page."""
    wanted = [{"code": row["code"], "reason": row["reason"], "repair": row["repair"], "active": True} for row in rows]
    return load_rows(ReturnReason, wanted, key=("code",), update=False)
