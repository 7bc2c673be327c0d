"""What the signed-in verifier may see or decide; anything else is 404."""

from flask import abort, request
from flask_login import current_user
from sqlalchemy import or_, select

from stranas.agencies.models import Agency
from stranas.release.queries.released import provisional_scope
from stranas.reporting.models import Obligation, Submission
from stranas.system import clock
from stranas.verification.forms import filter_args, read_filter
from stranas.verification.queries import case as cases
from stranas.verification.queries import queue as queues
from stranas.verification.queries.scope import verifies


def mine():
    """A condition on Obligation."""
    return verifies(current_user)


def submission(submission_id: int) -> Submission:
    return cases.submission_in_scope(submission_id, mine()) or abort(404)


def place(submission_id: int) -> queues.Place:
    """Where it stands in the queue as it is filtered now."""
    return queues.place_of(submission_id, ids())


def ids() -> list[int]:
    return queues.queue_ids(scope=mine(), chosen=read_filter(request.args), now=clock.now())


def judged_in_sight():
    """A condition on Obligation: spot checks and questions belong to both sides and the national readers, not to
    those who read only how an agency reports."""
    agencies = select(Agency.id).where(provisional_scope(current_user))
    return or_(Obligation.agency_id.in_(agencies), mine())


def args() -> dict[str, str]:
    """The filter of the queue, which every link of a case carries on."""
    return filter_args(read_filter(request.args))
