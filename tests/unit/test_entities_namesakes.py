"""Namesakes: of several places, of places and people, of places and clubs, by what a text says."""

from __future__ import annotations

import re

import pytest

from indexer.entities.coordinated import retype_beside_places
from indexer.entities.evidence import gather_evidence
from indexer.entities.gazetteer import is_well_known_city
from indexer.entities.lands import extend_placed_people, promote_namesakes
from indexer.entities.loading import load_tables
from indexer.entities.names import Kind, Name, Page, read_page
from indexer.entities.namesakes import tell_country
from indexer.entities.places import resolve_places
from indexer.entities.retyping import retype_places
from indexer.entities.surroundings import retype_located
from indexer.entities.teams import retype_teams

_MARKED = re.compile(r"\{(\w)([^}]*)\}")
_KINDS: dict[str, Kind] = {"L": "place", "P": "person", "O": "organisation"}


def _read(marked: str) -> tuple[list[Name], Page]:
    """A text whose names stand as {LMoscow}, {PJane Roe} or {OAcme}."""
    page = read_page(_MARKED.sub(lambda match: match[2], marked))
    names, shift = [], 0
    for match in _MARKED.finditer(marked):
        start = match.start() - shift
        names.append(page.cut(start, start + len(match[2]), _KINDS[match[1]]))
        shift += len(match[0]) - len(match[2])
    return names, page


def _ids(marked: str) -> list[str]:
    return [place.id if place else "" for place in resolve_places(*_read(marked)).values()]


def _countries(marked: str) -> list[str]:
    return [place.country if place else "" for place in resolve_places(*_read(marked)).values()]


@pytest.mark.parametrize(
    ("demonym", "country"),
    [
        ("french", "FR"),
        ("swiss", "CH"),
        ("chinese", "CN"),
        ("indian", "IN"),
        ("norwegian", "NO"),
        ("thai", "TH"),
        ("mauritian", "MU"),
        ("english", "GB"),
    ],
)
def test_a_demonym_that_several_tables_claim_is_the_country_s(demonym: str, country: str) -> None:
    assert load_tables().demonyms[demonym] == country


@pytest.mark.parametrize("county", ["Kent", "Cornwall", "Fife", "Powys", "Norfolk", "Essex"])
def test_a_british_county_is_a_division_where_a_text_is_british(county: str) -> None:
    found = _ids(f"British farmers in {{L{county}}} and {{LScotland}} met in {{LLondon}}.")
    assert found[0].startswith("division:GB-")


def test_a_county_s_namesake_abroad_is_meant_where_its_country_is_spoken_of() -> None:
    text = "The governor of {LVirginia} drove from {LRichmond, Virginia} to {LNorfolk}."
    assert _countries(text)[-1] == "US"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("{LSpain} is dry. In {LMurcia} and {LValencia} Spanish growers wait.", "ES"),
        ("{LPakistan} is wet. In {LKarachi} and {LHyderabad} Pakistani growers wait.", "PK"),
        ("{LIndia} is dry. In {LChennai} and {LHyderabad} Indian growers wait.", "IN"),
    ],
)
def test_a_city_lies_in_the_country_that_is_surely_spoken_of(text: str, country: str) -> None:
    assert _countries(text)[-1] == country


def test_a_small_town_of_a_country_never_spoken_of_is_not_meant() -> None:
    assert _ids("{LKenya} closed a school in {LYauri}. Kenyan police and {LNairobi} agree.")[
        1:
    ] == [
        "",
        "geonames:184745",
    ]


def test_a_small_town_is_meant_where_its_country_is_spoken_of() -> None:
    found = _countries("{LPeru} closed a school in {LYauri}. Peruvian police and {LLima} agree.")
    assert found[1] == "PE"


def test_a_town_of_two_words_that_no_other_bears_is_meant_everywhere() -> None:
    text = "The {LPanama} boxer met Panamanian fans in {LAtlantic City}, not in {LPanama}."
    assert _countries(text)[1] == "US"


def test_another_name_of_a_small_town_needs_its_country() -> None:
    assert _ids("They go to {LCharlton} on Friday.") == [""]


def test_another_spelling_of_a_city_is_its_name() -> None:
    assert is_well_known_city("Kryvyi Rih")
    assert _countries("Shells fell on {LFeodosia} in {LUkraine}.")[0] == "UA"


def test_a_name_of_cities_in_two_countries_tells_neither() -> None:
    assert tell_country("Valencia") == ""
    assert tell_country("Nairobi") == "KE"


def test_the_subject_is_what_is_plainly_spoken_of() -> None:
    names, page = _read("{LNairobi} and {LMombasa} lie in {LKenya}, {LLyon} does not.")
    assert gather_evidence(names, page).subject == "KE"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Trains between {OPlymouth} and {OTruro} stood.", ["place", "place"]),
        ("Warnings for {LCornwall}, {PDevon} and more.", ["place", "place"]),
        ("The road from {PKigali} to {OBujumbura} is shut.", ["place", "place"]),
        ("It lies near {OBlackburn}, {LEngland} proper.", ["place", "place"]),
        ("Talks between {OPlymouth} and {OTruro} failed.", ["organisation", "organisation"]),
        ("A match between {OMilan} and {OGenoa}.", ["organisation", "organisation"]),
        ("Between {PCarter} and {PLincoln} stood {PRoy Lincoln}.", ["person"] * 3),
        ("The firms {OSiemens} and {OFord} and {LBerlin}.", ["organisation"] * 2 + ["place"]),
    ],
)
def test_what_stands_beside_a_sure_place_is_one(text: str, kinds: list[str]) -> None:
    assert [name.kind for name in retype_beside_places(*_read(text))] == kinds


@pytest.mark.parametrize(
    ("form", "kind"), [("Bani Walid", "place"), ("Kryvyi Rih", "place"), ("Ciro Redondo", "person")]
)
def test_a_person_who_is_called_as_a_town_and_has_no_given_name_is_the_town(
    form: str, kind: str
) -> None:
    names, _ = _read(f"{{P{form}}} was hit.")
    assert [name.kind for name in retype_places(names)] == [kind]


def test_a_contested_name_is_nobody_s_where_another_country_is_spoken_of() -> None:
    text = "{LKenya} sent men to {LRichmond}. Kenyan police and {LNairobi} agree."
    assert _ids(text)[1] == ""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Lord Penrose of {OTruro} spoke.", "place"),
        ("The MP for {OTruro} spoke.", "place"),
        ("A fan of {OTruro} spoke.", "organisation"),
    ],
)
def test_the_seat_of_a_lord_or_member_is_a_place(text: str, kind: str) -> None:
    assert [name.kind for name in retype_located(*_read(text))] == [kind]


def test_a_given_name_before_a_land_s_name_makes_a_person() -> None:
    found = extend_placed_people(*_read("On Friday Marcus {LJordan} scored for {LPhoenix}."))
    assert [(name.form, name.kind) for name in found] == [
        ("Marcus Jordan", "person"),
        ("Phoenix", "place"),
    ]


@pytest.mark.parametrize(
    "text", ["Charlotte {LJordan} Lake", "Lake {LJordan} is low.", "A {LJordan}"]
)
def test_a_place_after_another_word_stays_a_place(text: str) -> None:
    assert [name.kind for name in extend_placed_people(*_read(text))] == ["place"]


def test_a_surname_here_is_a_person_s_in_the_headline_too() -> None:
    found = promote_namesakes(*_read("{LJordan} strikes late\n\n{PMarcus Jordan} scored."))
    assert [name.kind for name in found] == ["person", "person"]


@pytest.mark.parametrize(
    "text",
    [
        "{LJordan} waits\n\nTalks in {LJordan} go on, {PPeter Jordan} said.",
        "{LJordan} waits\n\n{LJordan}'s king met {PPeter Jordan}.",
        "{LJordan} waits\n\n{LJordan} asked {PPeter Jordan} to come to {LAmman}.",
    ],
)
def test_a_land_that_is_surely_spoken_of_stays_one_beside_its_namesake(text: str) -> None:
    names, page = _read(text)
    kinds = [name.kind for name in promote_namesakes(names, page) if name.form == "Jordan"]
    assert set(kinds) == {"place"}


_REPORT = "The coach of the league's best club praised his keeper after the match."


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("{LDenver} led by 14 at the break.", ["organisation"]),
        ("Wigan travel to {LBarnsley} on Friday.", ["organisation"]),
        ("They play {LBoston} on Sunday.", ["organisation"]),
        ("{LSurrey} bat first.", ["organisation"]),
        ("{LUtah} fell to Rome, the {OUtah Foxes} said.", ["organisation", "organisation"]),
        ("{LUtah} fell to Rome.", ["place"]),
        ("They play in {LBoston} on Sunday.", ["place"]),
        ("{LScotland} travel to {LNorway}.", ["place", "place"]),
        ("The minister will travel to {LBarnsley}.", ["place"]),
    ],
)
def test_a_club_of_games_to_come_is_no_place(text: str, kinds: list[str]) -> None:
    names, page = _read(f"{text} {_REPORT}")
    assert [name.kind for name in retype_teams(names, page)] == kinds


def test_a_band_travels_to_a_place() -> None:
    names, page = _read("They play {LBoston} on Sunday, and Wigan travel to {LBarnsley} for songs.")
    assert [name.kind for name in retype_teams(names, page)] == ["place", "place"]
