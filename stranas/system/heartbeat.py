"""The dead man's switch: somebody outside raises the alarm when we no longer say that all is well.

For what no mail of ours can tell: the whole machine is down, or mail itself is.
"""

import http.client
import logging

import certifi
import urllib3
from flask import current_app

SECONDS = 10

log = logging.getLogger(__name__)


def beat() -> bool:
    """Ask the operator's address, if there is one; whether it said yes. Never raises: the silence is the message."""
    address = current_app.config["SETTINGS"].heartbeat_url
    if not address:
        return False
    try:
        return _ask(address) < 300
    except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, ValueError) as error:
        log.warning("the heartbeat was not heard: %s", type(error).__name__)  # the address itself is a secret
        return False


def _ask(address: str) -> int:
    """The status. The body is nobody's business, and a redirect is not followed."""
    with urllib3.PoolManager(timeout=urllib3.Timeout(total=SECONDS), ca_certs=certifi.where()) as pool:
        answer = pool.request("GET", address, redirect=False, retries=False, preload_content=False)
        answer.close()
        return answer.status
