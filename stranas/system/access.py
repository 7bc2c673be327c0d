"""Who may open a door: every view names its permission or declares itself open; anything else is 403.

Permission names live here, because every room's views need them; who holds which is accounts/policy.py.
"""

import enum
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask_login import current_user

from stranas.system import clock
from stranas.system.db import read_only


class Permission(enum.StrEnum):
    SEE_HOME = "see_home"
    SEE_REPORTS = "see_reports"  # read obligations, submissions and evidence of the agencies in scope
    WRITE_REPORTS = "write_reports"  # enter, upload, mark ready, file
    FIX_PUBLICITY = "fix_publicity"  # say which documents of the own agency are dikecualikan (UU 14/2008)
    VERIFY = "verify"
    SEE_COMPLIANCE = "see_compliance"  # figures of the agencies in scope
    SEE_NATIONAL = "see_national"  # figures of all agencies
    SEE_RANKS = "see_ranks"  # ranks and classes of a period whose results are not released yet
    EXPORT_REPORTS = "export_reports"
    SEE_DEADLINES = "see_deadlines"  # instants, extensions and outages of the agencies in scope
    ASK_EXTENSIONS = "ask_extensions"
    DECIDE_EXTENSIONS = "decide_extensions"  # extensions and the register of outages
    MOVE_INSTANTS = "move_instants"
    APPROVE_FILINGS = "approve_filings"  # approve or decline what the agency wants to send
    MANAGE_CAPACITIES = "manage_capacities"  # in what capacity an official signs, and who stands in for him
    SET_UP_AGENCIES = "set_up_agencies"  # whether an agency files without approval, and what its letters say
    MANAGE_UNITS = "manage_units"  # units of the agencies in scope, and which holds which item
    MANAGE_REQUESTS = "manage_requests"  # ask units for evidence, take it or send it back
    ANSWER_REQUESTS = "answer_requests"  # what the own unit is asked for
    SEE_BOARD = "see_board"  # who holds the ball: requests and waiting steps of the own agency
    ASK_REOPENING = "ask_reopening"
    REOPEN = "reopen"
    ASSIGN_VERIFIERS = "assign_verifiers"  # and see their workload
    EDIT_REASONS = "edit_reasons"  # the catalogue of coded return reasons
    EDIT_CHECKS = "edit_checks"  # what findings of the evidence checks weigh in a programme
    SEE_OWN_RESULT = "see_own_result"  # the provisional result of the own agency, and asking for clarification
    RELEASE_RESULTS = "release_results"  # close verification, set the release instant
    MANAGE_PEOPLE = "manage_people"  # people of the agencies in scope
    SEE_MAILBOX = "see_mailbox"  # all messages of the outbox
    RESEND_MAIL = "resend_mail"  # plan a failed message once more
    EDIT_LADDER = "edit_ladder"  # who is reminded of what, on which days
    WRITE_TO_HEADS = "write_to_heads"  # the secretariat's letters to a Sekda, Sekjen or head of agency
    SEE_STORIES = "see_stories"  # publications of the agencies in scope with their history, drafts included
    WRITE_STORIES = "write_stories"  # draft, correct, record where a story appeared
    APPROVE_STORIES = "approve_stories"  # publish or send back what somebody else of the own agency wrote
    WITHDRAW_STORIES = "withdraw_stories"  # take a story off the public pages at once
    SET_UP_PUBLICATION = "set_up_publication"  # units, offices, logo, colours, masa pilkada of the own agency
    SEE_OPERATIONS = "see_operations"
    SEE_CATALOGUE = "see_catalogue"
    SEE_OWN_ACCOUNT = "see_own_account"


def needs(permission: Permission) -> Callable:
    """Mark a view with the permission that it needs."""

    def mark(view: Callable) -> Callable:
        view.permission = permission
        return view

    return mark


def open_to_all(view: Callable) -> Callable:
    """Mark a view that needs no sign-in."""
    view.permission = None
    return view


# Endpoints of libraries, which we cannot mark where they are written.
OPEN_ENDPOINTS = {"static", "bootstrap.static"}
OPEN_BLUEPRINTS = {"security"}


def init_access(app: Flask, *, holds: Callable[[Any, Permission], bool]) -> None:
    """Close every route that is not marked. `holds(user, permission)` answers from the policy table."""

    @app.before_request
    def _guard() -> Any:
        arrived = clock.wall()
        # Read-only and closed again: no request may hold a write transaction while its body still arrives.
        with read_only():
            g.received_at = clock.domain(arrived)
            return None if request.endpoint is None or _is_open() else _refuse_unless(holds)


def _refuse_unless(holds: Callable[[Any, Permission], bool]) -> Any:
    permission = getattr(current_app.view_functions[request.endpoint], "permission", "unmarked")
    if permission is None:
        return None
    if not current_user.is_authenticated:
        return _to_sign_in()
    if permission == "unmarked" or not holds(current_user, permission):
        abort(403)
    return None


def _is_open() -> bool:
    return request.endpoint in OPEN_ENDPOINTS or request.blueprint in OPEN_BLUEPRINTS


def _to_sign_in() -> Any:
    """A page leads to the sign-in and back. A form gets 401, whose page keeps every typed word."""
    if request.method != "GET" or request.headers.get("HX-Request"):
        abort(401)
    return redirect(url_for("security.login", next=request.full_path.rstrip("?")))


def received_at() -> datetime:
    """When the running request reached us, before any lock: the instant that decides fairness."""
    return g.received_at
