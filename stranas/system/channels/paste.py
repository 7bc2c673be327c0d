"""A text that a person pastes into a chat of his own. It is sent when he says so (`outbox.sent_by_hand`)."""

from contextlib import AbstractContextManager

from stranas.system.channels import Send


class PasteChannel:
    name = "paste"
    words = "Teks untuk disalin"
    by_hand = True
    outside = True

    def line(self) -> AbstractContextManager[Send]:
        raise LookupError("nobody but a person sends on this channel")


CHANNEL = PasteChannel()
