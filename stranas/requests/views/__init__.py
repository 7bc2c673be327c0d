"""The doors of requests: units, asking, answering (by account or by link), the board, letters to other offices."""

from flask import Blueprint

import stranas.requests.telling  # noqa: F401 (tells other rooms what was asked)
from stranas.requests.rules import IllegalStep
from stranas.system.errors import Refused, refusal

blueprint = Blueprint("requests", __name__)


@blueprint.errorhandler(IllegalStep)
def moved_on(problem: IllegalStep):
    """Somebody else, or the same person in another tab, was quicker."""
    sentence = (
        f"Permintaan ini sekarang berstatus {problem.state.label.lower()}, jadi langkah itu tidak dapat dilakukan."
    )
    return refusal(Refused(sentence, "Buka kembali permintaan dari halaman Permintaan."))


from stranas.requests.views import answering, asking, board, data_letters, units, uploading  # noqa: E402, F401
