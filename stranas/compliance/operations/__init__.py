"""What is done with reports: editions are asked for and made, files are made on demand."""

from stranas.compliance.operations.editions import ask_edition, follow_releases, freeze_edition
from stranas.compliance.operations.exports import ask_export, build_export, cancel_export, expire, note_taken, take_up

__all__ = [
    "ask_edition",
    "ask_export",
    "build_export",
    "cancel_export",
    "expire",
    "follow_releases",
    "freeze_edition",
    "note_taken",
    "take_up",
]
