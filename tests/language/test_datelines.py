"""Datelines: what stands at the head of an item, and what only looks like it."""

from datetime import date

import pytest

from dipgraph.language.datelines import days, find

KNOWN = {"Nairobi": 1, "Sao Tome": 1}


@pytest.mark.parametrize(
    ("text", "place", "day", "alone"),
    [
        ("NAIROBI, May 3 - The two met.", "Nairobi", "May 3", False),
        ("NAIROBI - The two met.", "Nairobi", "", False),
        ("SAO TOME: The two met.", "Sao Tome", "", False),
        ("OSLO/BERGEN, May 3 - The two met.", "", "May 3", False),
        ("NAIROBI, May 3 (Agency) - The two met.", "Nairobi", "May 3", False),
        ("Lisbon, 4th June, 2021\n\nThe King met the President.", "Lisbon", "4th June, 2021", True),
        ("Lisbon, 4 June 2021. The King met the President.", "", "", False),
        ("4th June, 2021. The King met the President.", "", "4th June, 2021", False),
        ("Tuesday 4 June\n\nThe King met the President.", "", "Tuesday 4 June", True),
        ("Oslo (Agency) - The two met.", "Oslo", "", False),
    ],
)
def test_a_dateline(text: str, place: str, day: str, alone: bool) -> None:
    found = find(text, KNOWN)
    assert [(d.place, d.date, d.alone) for d in found] == ([(place, day, alone)] if place or day else [])


@pytest.mark.parametrize("text", ["ANALYSIS: The two met.", "On May 3 - a Friday - they met.", "NATO met.", ""])
def test_what_only_looks_like_one(text: str) -> None:
    assert find(text, KNOWN) == ()


def test_several_heads_are_datelines_of_places_unknown() -> None:
    text = "GABU: They met.\n\nBAFATA: They parted.\n\nCACHEU: They met again."
    assert [d.place for d in find(text, {})] == ["Gabu", "Bafata", "Cacheu"]


def test_the_day_of_an_item_is_that_of_its_dateline() -> None:
    found = find("OSLO, May 3 - They met.\n\nNAIROBI - They parted.", KNOWN)
    assert [day.date for day in days(found, date(2021, 5, 5))] == [date(2021, 5, 3), date(2021, 5, 5)]
    assert days(found, None) == ()
