"""Numbers that people read aloud, type and mistype."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.tickets.number import CROCKFORD, BadNumber, TicketNumber, check_character, new_number, parse

LETTERS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=4)
NUMBERS = st.builds(lambda letters, seed: new_number(letters, random.Random(seed)), LETTERS, st.integers())


def test_the_check_character_is_that_of_iso_7064():
    # the example of the Global Release Identifier standard, which uses the same system: A1-2425G-ABC1234002-M
    assert check_character("A12425GABC1234002") == "M"


@given(NUMBERS)
def test_a_number_reads_back_however_it_is_written(number: TicketNumber):
    assert re.fullmatch(r"[A-Z]{3,4}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]", str(number))
    for text in (str(number), number.compact, str(number).lower(), f" {str(number).replace('-', ' ')} "):
        assert parse(text) == number


@given(NUMBERS)
def test_i_l_and_o_are_forgiven_both_ways(number: TicketNumber):
    typed = number.compact.replace("1", "l").replace("0", "o")
    assert parse(typed) == number
    as_digits = number.letters.replace("I", "1").replace("L", "1").replace("O", "0") + number.body + number.check
    assert parse(as_digits) == number


@given(NUMBERS, st.integers(0, 9), st.sampled_from(CROCKFORD))
def test_one_wrong_character_is_never_another_number(number: TicketNumber, where: int, what: str):
    plain = number.compact
    where %= len(plain)
    wrong = plain[:where] + what + plain[where + 1 :]
    result = parse(wrong)
    assert result == number if isinstance(result, TicketNumber) else isinstance(result, BadNumber)


def test_nearly_all_swapped_neighbours_are_noticed():
    # the hybrid systems of ISO 7064 find every single wrong character, and all but a few transpositions (its clause 4)
    dice = random.Random(1)
    swaps = missed = 0
    while swaps < 5000:
        letters = "".join(dice.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=dice.choice((3, 4))))
        number = new_number(letters, dice)
        plain, where = number.compact, len(letters) + dice.randrange(4)
        swapped = plain[:where] + plain[where + 1] + plain[where] + plain[where + 2 :]
        if swapped == plain:
            continue
        swaps += 1
        missed += isinstance(parse(swapped), TicketNumber)
    assert missed / swaps < 0.003


@pytest.mark.parametrize(
    "text", ["", "KBL", "KBL-7F3K9", "KBL-7F3K9-XX1", "K9L-7F3K9-X", "KBL-7F3U9-X", "KBL-7F3K９-X"]
)
def test_no_number_at_all(text: str):
    assert parse(text) is BadNumber.NOT_A_NUMBER


def test_a_wrong_check_character_is_its_own_value():
    number = new_number("KBL", random.Random(1))
    other = "2" if number.check != "2" else "3"
    assert parse(number.compact[:-1] + other) is BadNumber.WRONG_CHECK


def test_numbers_do_not_count_up():
    source = random.Random(7)
    assert len({new_number("KBL", source).compact for _ in range(500)}) == 500


@pytest.mark.parametrize("letters", ["", "K", "kbl", "KB", "KB1", "KBLMN"])
def test_village_letters_that_are_none(letters: str):
    with pytest.raises(ValueError):
        new_number(letters, random.Random(1))
