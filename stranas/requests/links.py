"""The address of a one-time link: its row's nonce, signed with the application's secret.

The database alone opens nothing, because it has no secret; the address alone is worth nothing once its row is
revoked or over.
"""

import secrets

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from stranas.requests.models import RequestLink


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SETTINGS"].secret("secret_key"), salt="request-link")


def new_nonce() -> str:
    """Sixteen random bytes, whose address ends in a letter or digit: chats cut other signs off an address."""
    while True:
        nonce = secrets.token_hex(16)
        if _signer().dumps(nonce)[-1].isalnum():
            return nonce


def address_of(link: RequestLink) -> str:
    """What is sent to the unit."""
    return f"{current_app.config['SETTINGS'].base_url}/permintaan/tautan/{_signer().dumps(link.nonce)}"


def nonce_in(token: str) -> str | None:
    """The nonce of an address that we signed; None for any other."""
    try:
        nonce = _signer().loads(token)
    except BadSignature:
        return None
    return nonce if isinstance(nonce, str) else None
