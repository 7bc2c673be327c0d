"""Addresses that Humas types: https only, because they are handed on to readers. Pure; nothing is asked."""

from stranas.evidence.rules import BadLink, clean_link

NEEDS_HTTPS = "Tulis alamat lengkap yang diawali https://, misalnya https://temanggungkab.go.id."


def https_address(words: str) -> str:
    """The address without blanks around it. Raises BadLink with the sentence for the field."""
    if words.strip() and not words.strip().lower().startswith("https://"):
        raise BadLink(NEEDS_HTTPS)
    return clean_link(words)
