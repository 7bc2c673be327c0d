"""Telephone numbers as officers type them, and the address that opens a chat with one."""

from urllib.parse import quote

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

REGION = "ID"  # of a number without a country
MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


def mobile(typed: str) -> str:
    """6281234567890 for a mobile number, however it is written; empty for any other."""
    number = _number(typed)
    if number is None or phonenumbers.number_type(number) not in MOBILE:
        return ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164).removeprefix("+")


def is_number(typed: str) -> bool:
    """Whether it is one number that there can be, mobile or not."""
    return _number(typed) is not None


def chat_address(typed: str, words: str) -> str:
    """Opens WhatsApp with the words for a mobile number; for any other, WhatsApp asks whom they are for."""
    return f"https://wa.me/{mobile(typed)}?text={quote(words)}"


def _number(typed: str) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(typed, REGION)
    except NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None
