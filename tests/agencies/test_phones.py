"""Numbers as officers type them: mobile ones open a chat, whatever their signs."""

import pytest

from stranas.agencies.phones import chat_address, is_number, mobile


@pytest.mark.parametrize(
    "typed",
    ["0812-3456-7890", "+62 812-3456-7890", "6281234567890", "(0812) 3456 7890", "0812.3456.7890", "81234567890"],
)
def test_one_mobile_number_in_any_writing(typed):
    assert mobile(typed) == "6281234567890"


@pytest.mark.parametrize("typed", ["(0293) 491001", "021-3190-1234"])
def test_a_number_of_an_office_is_a_number_but_not_mobile(typed):
    assert (is_number(typed), mobile(typed)) == (True, "")


@pytest.mark.parametrize(
    "typed", ["", "0812", "08123456789012345", "telepon", "0812-3456-7890 dan 0813-1111-2222", "9" * 5000]
)
def test_what_is_no_number(typed):
    assert (is_number(typed), mobile(typed)) == (False, "")


def test_a_chat_carries_its_words_and_asks_whom_they_are_for_without_a_number():
    assert chat_address("0812-3456-7890", "Yth. & salam\n") == "https://wa.me/6281234567890?text=Yth.%20%26%20salam%0A"
    assert chat_address("0293-491001", "x") == "https://wa.me/?text=x"
