"""Marks of a number that was read: each on its own, and none on a number that may be."""

from datetime import date

import pytest

from kiosk.forms.marks import Mark, marks

TODAY = date(2026, 11, 25)
KNOWN = {"731599"}


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("7315990101900001", set()),
        ("7315994101900001", set()),  # a woman's
        ("7315992511260001", set()),  # born today
        ("7315982511900001", {Mark.REGION}),
        ("7315993102900001", {Mark.DATE}),
        ("7315993201900001", {Mark.DATE}),
        ("7315997201900001", {Mark.DATE}),
        ("7315990113900001", {Mark.DATE}),
        ("7315992902010001", {Mark.DATE}),  # neither 2001 nor 1901 has a 29 February
        ("7315990101900000", {Mark.SERIAL}),
        ("0000000000000000", {Mark.REGION, Mark.DATE, Mark.SERIAL}),
        ("731599010190001", {Mark.LENGTH}),
        ("73159901019000011", {Mark.LENGTH}),
        ("731599010190000x", {Mark.LENGTH}),
        ("731599010190000²", {Mark.LENGTH}),
        ("", {Mark.LENGTH}),
    ],
)
def test_marks(number: str, expected: set[Mark]) -> None:
    assert marks(number, today=TODAY, known=KNOWN) == expected


def test_a_date_to_come_is_of_the_century_before() -> None:
    # 26 November 2026 is tomorrow: then it is 1926, and no mark
    assert marks("7315992611260001", today=TODAY, known=KNOWN) == set()
    assert marks("7315992902280001", today=TODAY, known=KNOWN) == set()  # 29 February 1928
