"""TOML is read as its specification has it, and what is none is said in words."""

from __future__ import annotations

import pytest

from archive.model.toml_tables import toml_tables


@pytest.mark.parametrize("number", ["9" * 5000, "0x" + "f" * 6000, "9223372036854775808", "-9223372036854775809"])
@pytest.mark.parametrize("text", ["{}", "[{}]", "[{{ b = {} }}]"])
def test_a_number_of_more_than_64_bits_is_an_error_wherever_it_stands(number: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"^a whole number of more than 64 bits$"):
        toml_tables(f"a = {text.format(number)}")


def test_the_largest_numbers_are_read() -> None:
    said = "a = 9223372036854775807\nb = [-9223372036854775808]\nc = true"
    assert toml_tables(said) == {"a": 2**63 - 1, "b": [-(2**63)], "c": True}


def test_what_is_no_toml_is_said_with_its_place() -> None:
    with pytest.raises(ValueError, match="line 2"):
        toml_tables("a = 1\nb = !\n")


def test_lists_without_end_are_said_to_be_so() -> None:
    with pytest.raises(ValueError, match="beyond all use"):
        toml_tables("a = " + "[" * 100_000)
