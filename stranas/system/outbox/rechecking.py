"""Asked once more before a message leaves late: whether it still says something that is true."""

from collections.abc import Callable
from datetime import timedelta

from stranas.system import clock
from stranas.system.db import read_only
from stranas.system.models import OutboxMessage

# A message that leaves in time says what was true a moment ago; a later one may be overtaken.
LATE = timedelta(minutes=5)

Question = Callable[[OutboxMessage], str | None]
_QUESTIONS: dict[str, Question] = {}


def recheck(template: str) -> Callable[[Question], Question]:
    """Register the question of a template: `function(message)` returns why it is not needed any more, or None."""

    def register(function: Question) -> Question:
        _QUESTIONS[template] = function
        return function

    return register


def why_not(message: OutboxMessage) -> str | None:
    """The sentence that cancels a claimed message which leaves late, or once more."""
    question = _QUESTIONS.get(message.template)
    late = clock.now() > message.planned_for + LATE
    if question is None or not (late or message.attempts > 1):
        return None
    with read_only():
        return question(message)
