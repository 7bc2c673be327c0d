"""What may come in through a door at all, before any view looks at it.

Numbers of rows fit the database's integers; words hold no characters that a database, an XML file or a page cannot
carry (officers paste them from word processors); a body that nobody wanted is read to its end, because a browser
shows an answer only when it could send everything.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from flask import Flask, Request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import ClientDisconnected
from werkzeug.routing import IntegerConverter, UnicodeConverter, ValidationError

LARGEST = 2**31 - 1  # of an integer column on every database
UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
CHUNK = 256 * 1024
LONGEST_DRAIN = 2**30
# So long may a sender be silent in the middle of a body that is kept as it comes.
PATIENCE = 60
_GAVE_UP = "stranas.gave_up"


def clean(words: str) -> str:
    """The words without characters that cannot be kept or printed."""
    return UNSPEAKABLE.sub("", words)


def whole_number(typed: str) -> int:
    """A number that a row, a page or a version may have. Raises ValueError beyond it."""
    number = int(typed) if len(typed) < 20 else LARGEST + 1
    if abs(number) > LARGEST:
        raise ValueError("no row has this number")
    return number


class Words(ImmutableMultiDict):
    """Arguments and fields as views may trust them: `type=int` gives the default beyond LARGEST."""

    def __init__(self, mapping: Any = None) -> None:
        pairs = ImmutableMultiDict(mapping).items(multi=True)
        # The files of a form come in the same kind of dictionary.
        super().__init__([(clean(name), clean(value) if isinstance(value, str) else value) for name, value in pairs])

    def get(self, key: str, default: Any = None, type: Callable | None = None) -> Any:
        return super().get(key, default, whole_number if type is int else type)

    def getlist(self, key: str, type: Callable | None = None) -> list:
        return super().getlist(key, whole_number if type is int else type)


class CleanRequest(Request):
    parameter_storage_class = Words
    # Every door takes forms: a body that says it is JSON is no form, and has no fields.
    is_json = False


class RowNumber(IntegerConverter):
    """An `<int:…>` of an address; one that no row can have is no address."""

    def __init__(self, map: Any, *args: Any, **words: Any) -> None:
        super().__init__(map, *args, **({"max": LARGEST} | words))


class Word(UnicodeConverter):
    """A plain `<…>` of an address."""

    def to_python(self, value: str) -> str:
        if UNSPEAKABLE.search(value):
            raise ValidationError
        return value


class ReadToTheEnd:
    """Reads what a refused request still sends, so that its sender sees why."""

    def __init__(self, app: Callable) -> None:
        self.app = app

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        answer = self.app(environ, start_response)
        if environ.get("wsgi.input_terminated") and _GAVE_UP not in environ:
            _drain(environ["wsgi.input"])
        return answer


def _drain(stream: Any) -> None:
    left = LONGEST_DRAIN
    try:
        while left > 0 and (chunk := stream.read(CHUNK)):
            left -= len(chunk)
    except OSError:
        pass  # the sender is gone: nobody waits for the answer


def pieces(request: Request, *, size: int, most: int) -> Iterator[bytes]:
    """The body of a request as it comes, until its end, `most` bytes, a broken line, or a minute of silence.

    A line may be dead without anybody telling us: its thread is free again after PATIENCE seconds.
    """
    if connection := request.environ.get("gunicorn.socket"):
        connection.settimeout(PATIENCE)
    while most > 0:
        try:
            piece = request.stream.read(min(size, most))
        except (OSError, ClientDisconnected):
            request.environ[_GAVE_UP] = True
            return
        if not piece:
            return
        most -= len(piece)
        yield piece


def init_inputs(app: Flask) -> None:
    app.request_class = CleanRequest
    app.url_map.converters.update(int=RowNumber, default=Word)
