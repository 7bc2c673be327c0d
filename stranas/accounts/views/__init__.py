"""The doors of accounts: people, and the officials who sign."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)


from stranas.accounts.views import handover, officials, people  # noqa: E402, F401
