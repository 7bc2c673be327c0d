"""What came for a request, and when."""

from datetime import datetime

from stranas.requests.models import RequestFile, UnitRequest
from stranas.system.db import db


def came_with(request: UnitRequest, *, document_id: int, at: datetime) -> bool:
    """Whether the document came for the request at this very instant; it may have been sent since."""
    found = db.select(RequestFile.id).where(
        RequestFile.request_id == request.id, RequestFile.document_id == document_id, RequestFile.received_at == at
    )
    return db.session.scalar(found.limit(1)) is not None
