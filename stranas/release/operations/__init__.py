"""What happens between the end of verification and the released result. Nothing here commits but `follow_clock`."""

from stranas.release.operations.clarifying import answer_clarification, ask_clarification
from stranas.release.operations.clock_work import follow_clock
from stranas.release.operations.closing import close_verification, extend_clarification
from stranas.release.operations.releasing import cancel_release, set_release
from stranas.release.operations.signing import sign_minutes

__all__ = [
    "answer_clarification",
    "ask_clarification",
    "cancel_release",
    "close_verification",
    "extend_clarification",
    "follow_clock",
    "set_release",
    "sign_minutes",
]
