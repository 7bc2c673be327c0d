"""How many mails a second the outbox hands to a mail server on this machine, and what smtplib alone could do.

    .venv/bin/python -m bench.reminder_mail [--postgres]

1,190 reminders (595 agencies × 2 people) with text, HTML and calendar. The server is a process of its own, so that its
work is not counted as ours. Bare: the same mails, composed by us, over one connection of smtplib, with no database.
docs/performance.md keeps the figures.
"""

import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stranas.system import clock, mail, outbox
from stranas.system.db import db, unit_of_work
from stranas.system.models import MessageState, OutboxMessage
from tests import postgres
from tests.conftest import make_app

MAILS = 1_190
PLANNED_AT_ONCE = 2
TEXT = "Yth. Inspektur Kabupaten Temanggung\nu.p. Admin Aksi PK\n\nTelah terkirim 1 dari 4 target. Yang ditunggu:\n"
LINE = "1-a Percepatan pelayanan perizinan berusaha: laporan pelaksanaan triwulan VI dengan data dukungnya\n"
EVENT = "BEGIN:VEVENT\r\nUID:{}@example.com\r\nDTSTART:20200714T165900Z\r\nSUMMARY:Batas waktu B18\r\nEND:VEVENT\r\n"
SERVER = "from tests import smtp\nwith smtp.server() as box:\n    print(box.port, flush=True)\n    input()\n"


def main() -> None:
    server = postgres.server() if "--postgres" in sys.argv else nullcontext()
    with server as url, tempfile.TemporaryDirectory() as name, _mail_server() as port:
        app = make_app(
            Path(name), url or f"sqlite:///{name}/bench.db", queue="sqlite:", mail=f"smtp://127.0.0.1:{port}"
        )
        with app.app_context():
            _measure(port)
            db.session.remove()
            db.engine.dispose()


@contextmanager
def _mail_server() -> Iterator[int]:
    process = subprocess.Popen([sys.executable, "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield int(process.stdout.readline())
    finally:
        process.communicate("end\n")


def _measure(port: int) -> None:
    planning, _ = _timed(_plan)
    bare, _ = _timed(lambda: _bare(port))
    sending, counts = _timed(outbox.deliver_waiting)
    sent = db.session.scalar(
        db.select(db.func.count()).select_from(OutboxMessage).where(OutboxMessage.state == MessageState.SENT)
    )
    assert counts["sent"] == sent == MAILS, counts
    size = len(mail.compose(db.session.get_one(OutboxMessage, 1), sender="pelaporan@example.com").as_bytes())
    print(f"{db.engine.dialect.name}: {MAILS} mails of {size:,} bytes")
    print(f"planned, one transaction for every {PLANNED_AT_ONCE}: {planning}")
    print(f"smtplib alone, same mails, one connection: {bare}")
    print(f"outbox: {sending}")
    print(f"ratio {sending.seconds / bare.seconds:.2f}, of our processor {sending.processor / bare.processor:.2f}")


@dataclass(frozen=True)
class Spent:
    seconds: float
    processor: float

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s, {MAILS / self.seconds:.0f}/s; processor {self.processor:.2f} s"


def _timed(work: Callable[[], Any]) -> tuple[Spent, Any]:
    began, processor = time.perf_counter(), time.process_time()
    result = work()
    return Spent(time.perf_counter() - began, time.process_time() - processor), result


def _plan() -> None:
    now = clock.now()
    for first in range(0, MAILS, PLANNED_AT_ONCE):
        with unit_of_work():
            for number in range(first, first + PLANNED_AT_ONCE):
                outbox.plan(
                    key=f"reminder:{number}",
                    recipient_id=number,
                    address=f"person{number}@example.com",
                    template="mail/reminder",
                    subject=f"Pengingat B18: 3 target ditunggu sampai 14 Juli 2020, Kabupaten {number}",
                    body_text=TEXT + LINE * 12,
                    body_html=f"<p>{TEXT}</p><ul>{f'<li>{LINE}</li>' * 12}</ul>" * 2,
                    calendar=f"BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\n{EVENT.format(number) * 6}END:VCALENDAR\r\n",
                    agency_id=number // 2,
                    planned_for=now,
                )


def _bare(port: int) -> None:
    """Composing is part of both."""
    messages = db.session.scalars(db.select(OutboxMessage)).all()
    db.session.rollback()
    with smtplib.SMTP("127.0.0.1", port) as connection:
        for message in messages:
            connection.send_message(mail.compose(message, sender="pelaporan@example.com"))


if __name__ == "__main__":
    main()
