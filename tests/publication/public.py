"""A released quarter whose figures are public, for tests of the portal and of stories."""

from stranas.catalogue.models import Period
from stranas.publication.operations.figures import publish_figures
from stranas.system import clock
from tests.compliance.released import AFTER, freeze, settle_released


def publish(*, agencies: int = 20) -> Period:
    """The country of tests/compliance, released, frozen and public at AFTER. Files of the edition are made in full
    unless the test replaces `Format.write` (tests/compliance/released.py, write_quickly)."""
    period = settle_released(agencies=agencies)
    freeze()
    with clock.at(AFTER):
        publish_figures()
    return period
