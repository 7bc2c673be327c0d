"""In the application itself: the row is the notice, and to deliver it is to say so."""

from collections.abc import Iterator
from contextlib import contextmanager

from stranas.system.channels import Send


class NoticeChannel:
    name = "notice"
    words = "Pemberitahuan"
    by_hand = False
    outside = False

    @contextmanager
    def line(self) -> Iterator[Send]:
        yield lambda message: None


CHANNEL = NoticeChannel()
