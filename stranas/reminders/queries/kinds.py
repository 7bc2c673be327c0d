"""What a message is about, in the words of the pages: told by its template."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement

from stranas.system.db import db
from stranas.system.models import OutboxMessage


@dataclass(frozen=True)
class Kind:
    """`key` stands in addresses; `starts`: how its templates begin."""

    key: str
    words: str
    starts: tuple[str, ...]


KINDS = (
    Kind("pengingat", "Pengingat", ("mail/reminder", "mail/substitute", "reminders/")),
    Kind("permintaan", "Permintaan ke unit", ("mail/request",)),
    Kind("persetujuan", "Persetujuan", ("mail/approval",)),
    Kind("tanda-terima", "Tanda terima", ("mail/receipt",)),
    Kind("verifikasi", "Hasil verifikasi", ("mail/decision",)),
    Kind("tanya-jawab", "Tanya jawab", ("mail/question",)),
    Kind("uji-petik", "Uji petik", ("mail/spot_check",)),
    Kind("klarifikasi", "Klarifikasi nilai", ("mail/clarification",)),
    Kind("penetapan", "Penetapan hasil", ("mail/release",)),
    Kind("pembukaan", "Pembukaan kembali", ("mail/reopening",)),
    Kind("batas-waktu", "Batas waktu", ("mail/extension", "mail/moved", "mail/outage")),
    Kind("serah-terima", "Serah terima", ("mail/handover",)),
    Kind("publikasi", "Publikasi", ("mail/story",)),
    Kind("unduhan", "Berkas siap diunduh", ("mail/export",)),
    Kind("layanan", "Layanan", ("mail/alarm",)),
    Kind("akun", "Akun dan sandi", ("invitation", "reset_", "change_", "welcome", "confirmation_", "login_")),
)
OTHER = Kind("lainnya", "Lainnya", ())
BY_KEY = {kind.key: kind for kind in (*KINDS, OTHER)}


def kind_of(template: str) -> Kind:
    return next((kind for kind in KINDS if template.startswith(kind.starts)), OTHER)


def is_of(kind: Kind) -> ColumnElement[bool]:
    """A condition on OutboxMessage."""
    if kind is OTHER:
        return ~db.or_(*(is_of(known) for known in KINDS))
    return db.or_(*(OutboxMessage.template.startswith(start, autoescape=True) for start in kind.starts))
