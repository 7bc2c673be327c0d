"""What every command needs: the application, and a way to stop with a sentence."""

from functools import cache

import click
from flask import Flask


class Stop(click.ClickException):
    """A command cannot go on: one sentence, exit code 2."""

    exit_code = 2


@cache
def application() -> Flask:
    from stranas import create_app

    return create_app()


def app_context():
    return application().app_context()
