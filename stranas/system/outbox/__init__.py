"""The outbox: every message to somebody is a row first; the unique key decides that it exists once.

`plan` joins the running transaction. Delivering (claim, hand over, record) is done by a task, each message for itself,
with no transaction open while it is on its way. What may have left the house and was not recorded waits for a person's
decision; nothing sends it again by itself.
"""

from stranas.system.channels import KEPT
from stranas.system.outbox.deciding import cancel, has_arrived, send_again, sent_by_hand
from stranas.system.outbox.delivering import (
    CLAIM_EXPIRES,
    LOST_CLAIM,
    LOST_LINE,
    MOST_ATTEMPTS,
    deliver_batch,
    deliver_waiting,
    next_attempt_at,
    sweep,
)
from stranas.system.outbox.notices import mark_all_read, mark_read, told, unread
from stranas.system.outbox.planning import Letter, cancelled_row, plan, plan_each, plan_many, plan_rows, row
from stranas.system.outbox.rechecking import recheck

__all__ = [
    "CLAIM_EXPIRES",
    "KEPT",
    "LOST_CLAIM",
    "LOST_LINE",
    "MOST_ATTEMPTS",
    "Letter",
    "cancel",
    "cancelled_row",
    "deliver_batch",
    "deliver_waiting",
    "has_arrived",
    "mark_all_read",
    "mark_read",
    "next_attempt_at",
    "plan",
    "plan_each",
    "plan_many",
    "plan_rows",
    "recheck",
    "row",
    "send_again",
    "sent_by_hand",
    "sweep",
    "told",
    "unread",
]
