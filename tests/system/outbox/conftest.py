import pytest


@pytest.fixture
def mail_to(app, monkeypatch):
    """Point the settings at a mail server."""

    def point(url: str) -> None:
        monkeypatch.setattr(app.config["SETTINGS"], "mail", url)

    return point
