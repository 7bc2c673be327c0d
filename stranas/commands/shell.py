"""What every command needs: the application, and a way to stop with a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import click
from flask import Flask
from sqlalchemy.exc import OperationalError, ProgrammingError


class Stop(click.ClickException):
    """A command cannot go on: one sentence, exit code 2."""

    exit_code = 2


@cache
def application() -> Flask:
    from stranas import create_app

    return create_app()


@contextmanager
def app_context() -> Iterator[None]:
    """The application's context; a database that is not there or not prepared ends with a sentence."""
    with application().app_context():
        try:
            yield
        except (OperationalError, ProgrammingError) as error:
            if isinstance(error, ProgrammingError) and type(error.orig).__name__ != "UndefinedTable":
                raise
            reason = str(error.orig).splitlines()[0]
            raise Stop(f"The database cannot be used: {reason}. bin/stranas init prepares a new one.") from None
