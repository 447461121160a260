"""Offices: the bare title, whose office it is, who is named with it."""

from collections.abc import Callable
from datetime import date

import pytest

from dipgraph.language.reference import Discourse

Resolve = Callable[..., Discourse]


def namings(resolve: Resolve, text: str, published: date | None = None) -> list[tuple[str, str, str]]:
    """(office, holder, polity) of each title that names somebody."""
    found = resolve(text, published).namings
    return [(n.office.label, n.holder.label, n.polity.label if n.polity else "") for n in found]


@pytest.mark.parametrize(
    ("text", "office", "holder", "polity"),
    [
        ("Russian President Vladimir Putin spoke.", "president", "Vladimir Putin", "Russia"),
        ("Vladimir Putin is the president of Russia.", "president", "Vladimir Putin", "Russia"),
        ("Kim Jong-un, leader of North Korea, spoke.", "leader", "Kim Jong-un", "North Korea"),
        ("The foreign minister of Colombia, Jane Doe, protested.", "foreign minister", "Jane Doe", "Colombia"),
        ("Colombia's foreign minister, Jane Doe, protested.", "foreign minister", "Jane Doe", "Colombia"),
        ("Jane Doe, Colombia's foreign minister, protested.", "foreign minister", "Jane Doe", "Colombia"),
        (
            "The host was Jane Doe, secretary of the Arab League, Joe Roe, director of ALBA, and others.",
            "secretary",
            "Jane Doe",
            "Arab League",
        ),
        ("Jane Doe, His Majesty's Ambassador to Togo, met Kenya's delegation.", "ambassador", "Jane Doe", ""),
        ("The envoy in Madrid, Jane Doe, left.", "envoy", "Jane Doe", ""),
        (
            "Kenya hosted two Chadian visitors, former minister Jane Doe and her brother.",
            "minister",
            "Jane Doe",
            "Chad",
        ),
        ("Greta Lund, Denmark's trade minister, spoke.", "trade minister", "Greta Lund", "Denmark"),
        ("Togo's prime minister at the time, Jane Doe, spoke.", "prime minister", "Jane Doe", "Togo"),
        ("Jane Doe, commander of the Chilean navy, spoke.", "commander", "Jane Doe", "Chile"),
        ("The former Indian prime minister Manmohan Singh died.", "prime minister", "Manmohan Singh", "India"),
        ("Iran's Supreme Leader Ali Khamenei spoke.", "supreme leader", "Ali Khamenei", "Iran"),
        ("UN Secretary-General Ban Ki-moon spoke.", "secretary-general", "Ban Ki-moon", "United Nations"),
    ],
)
def test_a_title_names_its_holder_and_polity(
    discourse: Resolve, text: str, office: str, holder: str, polity: str
) -> None:
    assert namings(discourse, text) == [(office, holder, polity)]


@pytest.mark.parametrize("place", ["to North Korea", "in Pyongyang"])
def test_an_envoy_is_sent_by_one_state_to_another(discourse: Resolve, place: str) -> None:
    found = discourse(f"Alexander Matsegora, Russia's ambassador {place}, was there.")
    (post,) = found.posts
    assert [found.doc[i].text for i in post.polity] == ["Russia"]
    assert list(post.slots) == [place.split()[0]]


def test_two_holders_of_one_title_are_paired_with_their_states(discourse: Resolve) -> None:
    several = "The Thai, Lao and Cambodian foreign ministers, Jane Doe, Mary Roe and Ann Poe, met."
    assert {polity for *_, polity in namings(discourse, several)} == {"Thailand", "Laos", "Cambodia"}
    text = "The Indian and Japanese prime ministers, Narendra Modi and Shinzo Abe, met."
    assert namings(discourse, text) == [
        ("prime minister", "Narendra Modi", "India"),
        ("prime minister", "Shinzo Abe", "Japan"),
    ]


def test_a_counterpart_holds_the_same_office(discourse: Resolve) -> None:
    text = "French President Emmanuel Macron met his Russian counterpart, Vladimir Putin."
    assert namings(discourse, text)[1] == ("president", "Vladimir Putin", "Russia")


def test_a_known_office_tells_the_state_that_the_text_leaves_out(discourse: Resolve) -> None:
    assert namings(discourse, "President Joe Biden spoke.") == [("president", "Joe Biden", "United States")]


def test_nobody_gets_a_state_that_neither_text_nor_gazetteer_gives(discourse: Resolve) -> None:
    assert namings(discourse, "Deputy trade minister Jane Doe spoke.") == [("trade minister", "Jane Doe", "")]


@pytest.mark.parametrize("text", ["The company president spoke.", "The weather was fine.", "He presided over it."])
def test_a_title_without_a_person_names_nobody(discourse: Resolve, text: str) -> None:
    assert namings(discourse, text) == []


def test_a_title_inside_a_name_is_no_title(discourse: Resolve) -> None:
    assert [p.offices for p in discourse("Russian President Vladimir Putin spoke.").posts] == [("president",)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Jane Doe and Kofi Mensah, the finance ministers of Norway and Ghana, looked on.",
            [("finance minister", "Jane Doe", "Norway"), ("finance minister", "Kofi Mensah", "Ghana")],
        ),
        (
            "Jon Jonsson and Ada Holm, Iceland's foreign and defence ministers, flew to Oslo.",
            [("foreign minister", "Jon Jonsson", "Iceland"), ("defence minister", "Ada Holm", "Iceland")],
        ),
        (
            "Ambassadors Awa Traore and Ibra Keita of Mali were called home.",
            [("ambassador", "Awa Traore", "Mali"), ("ambassador", "Ibra Keita", "Mali")],
        ),
        (
            "Jean Kodjo, President of Togo and Chairman of the African Union, spoke.",
            [("president", "Jean Kodjo", "Togo"), ("chairman", "Jean Kodjo", "African Union")],
        ),
    ],
)
def test_titles_and_persons_listed_are_paired_by_order(
    discourse: Resolve, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert namings(discourse, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Minister of State for Trade, Ambassador Musa Bello, left.", ("minister of state for trade", "Musa Bello", "")),
        ("The foreign minister, H.E. Dr. Ahmed Ali, left.", ("foreign minister", "Ahmed Ali", "")),
        ("Oman's Sultan Haitham left.", ("sultan", "Haitham bin Tariq", "Oman")),
        ("Crown Prince Sheikh Khalid al-Mansouri of Bahrain left.", ("crown prince", "Khalid al-Mansouri", "Bahrain")),
        ("US Treasury Secretary Janet Yellen left.", ("treasury secretary", "Janet Yellen", "United States")),
        ("The deputy secretary-general of NATO, Jane Doe, left.", ("deputy secretary-general", "Jane Doe", "North Atlantic Treaty Organization")),
        ("Jane Doe, the head of Vietnam's parliament, left.", ("head", "Jane Doe", "Vietnam")),
        ("France is worried. Its defence minister, Paul Leduc, left.", ("defence minister", "Paul Leduc", "France")),
        ("The African Union, whose chairperson is Jane Doe, protested.", ("chairman", "Jane Doe", "African Union")),
        ("Sweden's foreign minister is Jane Doe.", ("foreign minister", "Jane Doe", "Sweden")),
        ("As president of Togo, Jean Kodjo refused.", ("president", "Jean Kodjo", "Togo")),
        ("Ghana waited. President Kofi Mensah spoke on television.", ("president", "Kofi Mensah", "Ghana")),
    ],
)  # fmt: skip
def test_a_title_in_other_dress(discourse: Resolve, text: str, expected: tuple[str, str, str]) -> None:
    assert namings(discourse, text, date(2023, 6, 14)) == [expected]


def test_counterparts_of_two_hold_the_offices_of_both(discourse: Resolve) -> None:
    text = (
        "Jon Jonsson and Ada Holm, Iceland's foreign and defence ministers, came. "
        "They met their Norwegian counterparts Ole Thonke and Jane Doe."
    )
    assert namings(discourse, text)[2:] == [
        ("foreign minister", "Ole Thonke", "Norway"),
        ("defence minister", "Jane Doe", "Norway"),
    ]


def test_a_predecessor_held_the_same_office_of_the_same_state(discourse: Resolve) -> None:
    text = "Jean Kodjo, the president of Togo, left. His predecessor, Luc Amegan, did not come."
    assert namings(discourse, text)[1] == ("president", "Luc Amegan", "Togo")


@pytest.mark.parametrize(
    "text",
    [
        "Akio Mori, the president of Mori Motors, spoke.",
        "Jean Roux, president of the football club, resigned.",
        "The Ghanaian president travelled to Accra.",
        "Jane Doe is not the president of Peru.",
        "It has military attaches. Jane Doe came.",
    ],
)
def test_no_public_office_of_somebody_named(discourse: Resolve, text: str) -> None:
    assert namings(discourse, text, date(2023, 6, 14)) == []


def test_two_bare_titles_share_the_name_after_them(discourse: Resolve) -> None:
    text = "Paraguay's vice president and minister of public works, Jane Doe, spoke."
    offices = ("vice president", "minister of public works")
    assert namings(discourse, text) == [(office, "Jane Doe", "Paraguay") for office in offices]
