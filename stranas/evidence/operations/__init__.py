"""Verbs of the library: receive and register files and links, have them checked, describe, classify, revise."""

from stranas.evidence.operations.classifying import PublicityMoved, fix_publicity, propose_publicity
from stranas.evidence.operations.describing import Facts, FactsChanged, describe_document, facts_of, stamp
from stranas.evidence.operations.receiving import (
    EmptyFile,
    FileTooLarge,
    NotAccepted,
    ReceivedFile,
    add_link,
    answer_finding,
    empty_file,
    receive_file,
    register_file,
    request_check,
    stored_file_id,
    too_large,
)
from stranas.evidence.operations.removing import RESTORABLE_FOR, bring_back, remove_document, restore_document
from stranas.evidence.operations.revising import SameBytes, revise_file, revise_link

__all__ = [
    "RESTORABLE_FOR",
    "EmptyFile",
    "Facts",
    "FactsChanged",
    "FileTooLarge",
    "NotAccepted",
    "PublicityMoved",
    "ReceivedFile",
    "SameBytes",
    "add_link",
    "answer_finding",
    "bring_back",
    "describe_document",
    "empty_file",
    "facts_of",
    "fix_publicity",
    "propose_publicity",
    "receive_file",
    "register_file",
    "remove_document",
    "request_check",
    "restore_document",
    "revise_file",
    "revise_link",
    "stamp",
    "stored_file_id",
    "too_large",
]
