"""The doors of verification: the queue, one case with its decision, and who verifies what."""

from flask import Blueprint

import stranas.verification.handing_over  # noqa: F401 (tells what a verifier leaves open)

blueprint = Blueprint("verification", __name__)

from stranas.verification.views import assigning, bulk, case, queue, reasons, spot_checks, thread  # noqa: E402, F401
