"""The page shell: navigation, words for templates, security headers, the practice banner."""

import secrets
from collections.abc import Iterable

from flask import Flask, g, request
from flask_login import current_user
from flask_security import url_for_security
from markupsafe import Markup

from stranas.system import clock, outbox, text
from stranas.system.access import Permission

# (permission, endpoint, words): shown in this order to those who hold the permission.
NAVIGATION = (
    (Permission.SEE_HOME, "reporting.home", "Beranda"),
    (Permission.WRITE_REPORTS, "reporting.quarter", "Laporan triwulan"),
    (Permission.APPROVE_FILINGS, "reporting.approvals", "Persetujuan"),
    (Permission.SEE_BOARD, "requests.board", "Permintaan"),
    (Permission.ANSWER_REQUESTS, "requests.own_requests", "Permintaan"),
    (Permission.VERIFY, "verification.queue", "Antrean"),
    (Permission.VERIFY, "release.clarifications", "Klarifikasi"),
    (Permission.ASSIGN_VERIFIERS, "verification.assignments", "Penugasan"),
    (Permission.REOPEN, "reporting.reopenings", "Pembukaan kembali"),
    (Permission.SEE_DEADLINES, "deadlines.deadlines", "Batas waktu"),
    (Permission.SEE_OWN_RESULT, "release.own_result", "Hasil"),
    (Permission.RELEASE_RESULTS, "release.periods", "Penetapan hasil"),
    (Permission.FIX_PUBLICITY, "evidence.proposals", "Penetapan"),
    (Permission.SEE_REPORTS, "evidence.library", "Dokumen"),
    (Permission.SEE_COMPLIANCE, "compliance.report", "Kepatuhan"),
    (Permission.SEE_STORIES, "publication.stories", "Publikasi"),
    (Permission.SET_UP_PUBLICATION, "publication.settings", "Identitas publikasi"),
    (Permission.SEE_NATIONAL, "reporting.letters", "Surat pengantar"),
    (Permission.WRITE_TO_HEADS, "reminders.escalation_letters", "Surat pengingat"),
    (Permission.MANAGE_CAPACITIES, "accounts.officials", "Pejabat"),
    (Permission.MANAGE_PEOPLE, "accounts.people", "Orang"),
    (Permission.SET_UP_AGENCIES, "agencies.agencies", "Instansi"),
    (Permission.SEE_MAILBOX, "reminders.mailbox", "Kotak surat"),
    (Permission.EDIT_LADDER, "reminders.ladder", "Pengingat"),
    (Permission.SEE_OPERATIONS, "system.operations", "Operasi"),
    (Permission.SEE_CATALOGUE, "catalogue.items", "Katalog"),
)


def init_page(app: Flask, *, holds) -> None:
    app.jinja_env.globals.update(
        text=text, clock=clock, url_for_security=url_for_security, csp_nonce=csp_nonce, icon=icon
    )
    app.jinja_env.filters.update(
        deadline=text.deadline, instant=text.instant, number=text.number, size=text.size, day=text.day
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def _shell() -> dict:
        settings = app.config["SETTINGS"]
        return {
            "navigation": list(_links(app, holds)),
            "practice": clock.is_practice(),
            "help_contact": settings.help_contact,
            "upload_limit": settings.upload_limit_mb * 1_000_000,
            "unread": lambda: outbox.unread(current_user.id),  # asked by the pages of the signed-in alone
            "holds": lambda permission: holds(current_user, Permission(permission)),
        }

    app.after_request(_headers)


def _links(app: Flask, holds) -> Iterable[tuple[str, str, bool]]:
    if not current_user or not current_user.is_authenticated:
        return
    links = [
        (endpoint, words)
        for permission, endpoint, words in NAVIGATION
        if endpoint in app.view_functions and holds(current_user, permission)
    ]
    here = section(request.endpoint or "", [endpoint for endpoint, _ in links])
    for endpoint, words in links:
        yield endpoint, words, endpoint == here


# Pages that lie under another entry than the first of their room, by the start of their endpoint. The first
# entry the reader holds is marked: a letter lies under the quarter for its author and under approval for the official.
SECTIONS = (
    ("reminders.own", ()),
    ("reminders.choose_own", ()),
    ("reminders.pause_own", ()),
    ("reminders.unit_texts", ("requests.board",)),
    ("reminders.record_unit_text", ("requests.board",)),
    ("requests.own_request", ("requests.own_requests",)),
    ("requests.answer_own", ("requests.own_requests",)),
    ("accounts.official", ("accounts.officials",)),
    ("accounts.name_official", ("accounts.officials",)),
    ("accounts.end_capacity", ("accounts.officials",)),
    ("accounts.", ("accounts.people",)),
    ("release.ask", ("release.own_result",)),
    ("release.sign_for", ("release.own_result",)),
    ("release.minutes", ("release.own_result", "release.periods", "release.clarifications")),
    ("release.sign_as", ("release.clarifications",)),
    ("release.clarif", ("release.clarifications",)),
    ("release.", ("release.periods",)),
    ("evidence.fix", ("evidence.proposals",)),
    ("evidence.", ("evidence.library",)),
    ("reporting.approv", ("reporting.approvals", "reporting.quarter")),
    ("reporting.decline", ("reporting.approvals",)),
    ("reporting.reopening", ("reporting.reopenings", "reporting.quarter")),
    ("reporting.decide_reopening", ("reporting.reopenings",)),
    ("reporting.letter", ("reporting.quarter", "reporting.approvals", "reporting.letters", "verification.queue")),
    (
        "reporting.",
        (
            "reporting.quarter",
            "reporting.approvals",
            "verification.queue",
            "verification.assignments",
            "reporting.home",
        ),
    ),
    ("reminders.escalation", ("reminders.escalation_letters",)),
    ("reminders.record_escalation", ("reminders.escalation_letters",)),
    ("reminders.withdraw_escalation", ("reminders.escalation_letters",)),
    ("reminders.sent_letter", ("deadlines.deadlines",)),
    ("verification.thread", ("verification.queue", "verification.assignments", "reporting.quarter", "reporting.home")),
    ("verification.", ("verification.queue", "verification.assignments")),
    ("reminders.schedule", ("deadlines.deadlines",)),
    ("reminders.preview", ("reminders.ladder",)),
    ("reminders.edit_ladder", ("reminders.ladder",)),
)


def section(endpoint: str, held: list[str]) -> str:
    """The entry of the navigation, among those held, under which a page lies: its own, or the nearest; "" for none."""
    if endpoint in held:
        return endpoint
    for start, places in SECTIONS:
        if endpoint.startswith(start):
            return next((place for place in places if place in held), "")
    room = endpoint.partition(".")[0]
    return next((place for place in held if place.partition(".")[0] == room), "")


def csp_nonce() -> str:
    """The nonce of this response; only inline scripts of libraries' forms would need it, ours are files."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return g.csp_nonce


def icon(name: str) -> Markup:
    """An icon of the sprite (static/icons.svg), always beside a word."""
    return Markup('<svg class="ic" aria-hidden="true"><use href="{}#{}"></use></svg>').format("/static/icons.svg", name)


def _headers(response):
    nonce = f" 'nonce-{g.csp_nonce}'" if "csp_nonce" in g else ""
    policy = (
        f"default-src 'none'; script-src 'self'{nonce}; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
    )
    response.headers.setdefault("Content-Security-Policy", policy)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
