"""A unit answers: with an account, or by its one-time link. Both show the same page and go the same way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from flask import Response, abort, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.accounts.policy import holds
from stranas.evidence import operations as library
from stranas.evidence.operations import NotAccepted, ReceivedFile
from stranas.requests import letters, operations
from stranas.requests.forms import LONGEST_WORDS
from stranas.requests.models import UnitRequest
from stranas.requests.operations import Doer
from stranas.requests.queries import asked
from stranas.requests.rules import IllegalStep, Party, State
from stranas.requests.views import blueprint
from stranas.system import clock, text
from stranas.system.access import Permission, needs, open_to_all, received_at
from stranas.system.db import read_only, unit_of_work
from stranas.system.errors import Refused

# The request and who answers it; asked anew in every transaction, so that a link revoked meanwhile opens nothing.
Find = Callable[[], tuple[UnitRequest, Doer]]


class LinkOver(Exception):
    """The address opens nothing: never made by us (404), or no longer standing (410)."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@blueprint.get("/permintaan-saya")
@needs(Permission.ANSWER_REQUESTS)
def own_requests():
    """What the own unit, and those inside it, are asked for."""
    units = asked.own_units(current_user)
    rows = [asked.view_of(row, whole=False) for row in asked.requests_of_units(units)]
    return render_template("requests/own_requests.html", rows=rows, placed=bool(units), now=clock.now())


@blueprint.get("/permintaan-saya/<int:request_id>")
@needs(Permission.ANSWER_REQUESTS)
def own_request(request_id: int):
    find = _own(request_id)
    _remember_opening(find)
    return _page(find, url_for(".answer_own", request_id=request_id))


@blueprint.post("/permintaan-saya/<int:request_id>")
@needs(Permission.ANSWER_REQUESTS)
def answer_own(request_id: int):
    return _answer(_own(request_id), url_for(".own_request", request_id=request_id))


@blueprint.get("/permintaan/tautan/<token>")
@open_to_all
def link(token: str):
    """Opening never uses the link up: mail programs open addresses, too."""
    try:
        find = _linked(token)
        _remember_opening(find)
        return _unseen(_page(find, url_for(".answer_link", token=token)))
    except LinkOver as problem:
        return _over(problem)


@blueprint.post("/permintaan/tautan/<token>")
@open_to_all
def answer_link(token: str):
    try:
        return _unseen(_answer(_linked(token), url_for(".link", token=token)))
    except LinkOver as problem:
        return _over(problem)


def _own(request_id: int) -> Find:
    def find() -> tuple[UnitRequest, Doer]:
        row = asked.request_of_units(request_id, asked.own_units(current_user))
        return row or abort(404), Doer(Party.UNIT, person=current_user)

    return find


def _linked(token: str) -> Find:
    def find() -> tuple[UnitRequest, Doer]:
        link = asked.link_by_token(token)
        if link is None:
            raise LinkOver(404)
        if not asked.is_standing(link):
            raise LinkOver(410)
        return link.request, Doer(Party.UNIT, link=link)

    return find


def _remember_opening(find: Find) -> None:
    """The first opening is an event of its own, written after what was read was let go."""
    with read_only():
        first = find()[0].state is State.ASKED
    looks_after = current_user.is_authenticated and holds(current_user, Permission.MANAGE_REQUESTS)
    if first and request.method == "GET" and not looks_after:
        with unit_of_work():
            row, doer = find()
            operations.see(request=row, doer=doer, received_at=received_at())


@dataclass
class Problems:
    """What could not be taken, in sentences, by where on the page it belongs."""

    files: list[tuple[str, str, str]] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.files or self.fields)


def _answer(find: Find, back: str):
    """Keep every file and word that can be kept, then do what was asked for; nothing that came well is lost."""
    with read_only():
        row, _ = find()
        if not row.state.waits_for_unit:
            return _moved_on(find, back)
    problems = Problems()
    received = _receive(problems)
    try:
        _keep(find, received, problems)
        done = "" if problems else _act(find, problems)
    except IllegalStep:
        return _moved_on(find, back)
    if problems:
        return _page(find, back, problems), 422
    if done:
        flash(done)
    return redirect(back, 303)


def _receive(problems: Problems) -> list[ReceivedFile]:
    """Bytes into the storage, with no transaction open."""
    received = []
    for part in request.files.getlist("berkas"):
        if part.filename:
            try:
                received.append(library.receive_file(part.stream, part.filename))
            except NotAccepted as problem:
                problems.files.append((part.filename, problem.sentence, problem.repair))
    return received


def _keep(find: Find, received: list[ReceivedFile], problems: Problems) -> None:
    description = request.form.get("description", "").replace("\r\n", "\n").strip()
    if len(description) > LONGEST_WORDS:
        problems.fields["description"] = f"Tulis paling banyak {text.number(LONGEST_WORDS)} huruf."
    with unit_of_work():
        row, doer = find()
        if "description" in request.form and not problems.fields:
            operations.describe(request=row, description=description)
        for one in received:
            document = library.register_file(
                agency_id=row.obligation.agency_id,
                received=one,
                uploaded_by_id=doer.person.id if doer.person else None,
                at=received_at(),
            )
            operations.add_file(request=row, document=document, received_at=received_at())
            library.request_check(
                document_id=document.id,
                claimed_kind=asked.claimed_kind(row, document.name),
                target_id=row.obligation.target_id,
            )


def _act(find: Find, problems: Problems) -> str:
    """Send, say who has to sign, or take a file off; the sentence that tells it."""
    wish, _, number = request.form.get("do", "").partition("-")
    with unit_of_work():
        row, doer = find()
        if wish == "lepas" and number.isdecimal() and len(number) < 10:
            dropped = operations.drop_file(request=row, file_id=int(number))
            return "Berkas dilepas." if dropped else ""
        if wish == "ttd":
            return _await_signature(row, doer, problems)
        if wish == "kirim":
            return _send(row, doer, problems)
    return "Berkas tersimpan, belum dikirim ke Inspektorat."


def _send(row: UnitRequest, doer: Doer, problems: Problems) -> str:
    try:
        event = operations.send(request=row, doer=doer, received_at=received_at())
    except Refused as problem:
        problems.fields["berkas"] = f"{problem.sentence} {problem.repair}"
        return ""
    letters.plan_arrival(row, sequence=event.sequence)
    return "Berkas sudah dikirim ke Inspektorat. Terima kasih."


def _await_signature(row: UnitRequest, doer: Doer, problems: Problems) -> str:
    signer, since = request.form.get("signer", "").strip(), _day(request.form.get("since", ""))
    if not signer or len(signer) > 200:
        problems.fields["signer"] = "Tulis jabatan yang akan menandatangani, paling banyak 200 huruf."
    if since is None or since > text.local_day(received_at(), row.obligation.agency.timezone):
        problems.fields["since"] = "Isi tanggal sejak dokumen menunggu, paling lambat hari ini."
    if not problems:
        operations.await_signature(request=row, signer=signer, since=since, doer=doer, received_at=received_at())
    return "Inspektorat sekarang mengetahui bahwa dokumen menunggu tanda tangan."


def _day(typed: str) -> date | None:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if day.year >= 2000 else None


def _moved_on(find: Find, back: str):
    """Sent from another window, or taken, or withdrawn: the page as it stands now."""
    return _page(find, back, Problems(fields={"keadaan": "Keadaan permintaan ini sudah berubah."})), 409


def _page(find: Find, goes: str, problems: Problems | None = None) -> str:
    row, doer = find()
    zone = row.obligation.agency.timezone
    typed = request.form if problems else {}
    return render_template(
        "requests/answer.html",
        r=asked.view_of(row),
        asking=letters.inspectorate(row.obligation.agency),
        by_link=doer.link is not None,
        link=asked.link_view(doer.link) if doer.link else None,
        goes=goes,
        problems=problems or Problems(),
        description=typed.get("description", row.description),
        signer=typed.get("signer", row.signer),
        since=typed.get("since", text.local_day(received_at(), zone).isoformat()),
        today=text.local_day(received_at(), zone).isoformat(),
        all_at_once=current_app.config["MAX_CONTENT_LENGTH"],
        now=clock.now(),
    )


def _unseen(answer) -> Response:
    """The address is a key: no other site and no search engine is to learn it."""
    response = make_response(answer)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _over(problem: LinkOver) -> Response:
    typed = request.form.get("description", "") if request.method == "POST" else ""
    return _unseen((render_template("requests/link_over.html", typed=typed), problem.code))


@blueprint.record_once
def _without_session(state) -> None:
    """Whoever has the address may answer; a phone that keeps no cookies can, too."""
    state.app.extensions["csrf"].exempt(f"{__name__}.{answer_link.__name__}")
