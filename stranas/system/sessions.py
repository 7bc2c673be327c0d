"""The session's cookie, and the answers that have none."""

from flask import Flask, Response, g
from flask.sessions import SecureCookieSessionInterface, SessionMixin


def without_session() -> None:
    """The running request is answered the same to everybody: no cookie goes with it, and none is named in Vary."""
    g.without_session = True


class Sessions(SecureCookieSessionInterface):
    """Flask's own. Libraries look into the session after every request, which alone would make an answer private."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if "without_session" not in g:
            super().save_session(app, session, response)
