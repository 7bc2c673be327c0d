"""The doors of verification: the queue, one case with its decision, and who verifies what."""

from flask import Blueprint

import stranas.verification.handing_over
import stranas.verification.telling  # noqa: F401 (tells the history of uji petik and questions)

blueprint = Blueprint("verification", __name__)

from stranas.verification.views import assigning, bulk, case, queue, reasons, spot_checks, thread  # noqa: E402, F401
