"""One-time links: made, replaced, revoked. Their instants are the machine's."""

from stranas.accounts.models import User
from stranas.requests.links import new_nonce
from stranas.requests.models import RequestLink, UnitRequest
from stranas.requests.operations.steps import locked
from stranas.requests.rules import link_life
from stranas.system import audit, clock
from stranas.system.db import db
from stranas.system.errors import Refused


def make_link(*, request: UnitRequest, person: User | None) -> RequestLink:
    """A link to one request; the one before it stops working at once. Raises Refused for a request that is over."""
    request = locked(request.id)
    if not request.state.is_open:
        raise Refused(f"Permintaan ini {request.state.label.lower()}, jadi tidak perlu tautan.", "")
    revoke_link(request=request)
    made_at = clock.wall()
    link = RequestLink(
        request_id=request.id,
        nonce=new_nonce(),
        made_by_id=person.id if person else None,
        made_at=made_at,
        expires_at=made_at + link_life(due_at=request.due_at, now=clock.now()),
    )
    db.session.add(link)
    db.session.flush()
    audit.record("request.link_made", f"request:{request.id}", link=link.id, expires_at=link.expires_at.isoformat())
    return link


def revoke_link(*, request: UnitRequest) -> bool:
    """The standing link of a request stops working; False when there was none."""
    link = db.session.scalar(
        db.select(RequestLink).where(RequestLink.request_id == request.id, RequestLink.revoked_at.is_(None))
    )
    if link is None:
        return False
    link.revoked_at = clock.wall()
    db.session.flush()
    audit.record("request.link_revoked", f"request:{request.id}", link=link.id)
    return True
