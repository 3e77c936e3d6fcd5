"""Which place a name means, and where places are found that the model left out."""

from __future__ import annotations

import pytest

from dateline.documents import Place
from indexer.entities.names import Name, read_page
from indexer.entities.places import resolve_places
from indexer.entities.scanning import mark_datelines, propagate, scan_countries, scan_located
from indexer.entities.surroundings import retype_coordinated, retype_located


def _resolve(text: str, *forms: str) -> list[Place | None]:
    page = read_page(text)
    names, at = [], 0
    for form in forms:
        start = text.index(form, at)
        at = start + len(form)
        names.append(page.cut(start, at, "place"))
    return list(resolve_places(names, page).values())


def _ids(text: str, *forms: str) -> list[str]:
    return [place.id if place else "" for place in _resolve(text, *forms)]


@pytest.mark.parametrize(
    ("form", "place_id"),
    [
        ("US", "country:US"),
        ("U.S.", "country:US"),
        ("Britain", "country:GB"),
        ("Ivory Coast", "country:CI"),
        ("Burma", "country:MM"),
        ("Türkiye", "country:TR"),
        ("Scotland", "division:GB-SCT"),
        ("Alabama", "division:US-AL"),
        ("St Petersburg", "geonames:498817"),
        ("St. Petersburg", "geonames:498817"),
        ("Saint Petersburg", "geonames:498817"),
        ("Kiev", "geonames:703448"),
        ("Bombay", "geonames:1275339"),
        ("Washington", "geonames:4140963"),
        ("Moscow", "geonames:524901"),
        ("MOSCOW", "geonames:524901"),
        ("Lagos", "geonames:2332459"),
        ("Islamabad", "geonames:1176615"),
    ],
)
def test_a_name_alone_means_the_best_known_place(form: str, place_id: str) -> None:
    assert _ids(f"He is in {form} now.", form) == [place_id]


@pytest.mark.parametrize("form", ["Gulf", "Wall Street", "Downtown", "Xyzzyville"])
def test_a_quarter_or_an_unknown_place_has_no_id(form: str) -> None:
    assert _resolve(f"He is in {form} now.", form) == [None]


@pytest.mark.parametrize(
    ("form", "name", "country"),
    [
        ("Asia", "Asia", ""),
        ("West Africa", "Western Africa", ""),
        ("Mideast", "Middle East", ""),
        ("Danube", "Danube", ""),
        ("River Thames", "Thames", "GB"),
        ("Siberia", "Siberia", "RU"),
        ("Gulf of Mexico", "Gulf of Mexico", ""),
        ("Andes", "Andes", ""),
    ],
)
def test_a_river_range_or_region_has_an_id_and_no_point(form: str, name: str, country: str) -> None:
    [place] = _resolve(f"He is in {form} now.", form)
    assert place is not None
    assert (place.name, place.country, place.point) == (name, country, None)
    assert place.id.startswith(("m49:", "wordnet:"))


def test_a_town_beside_a_river_of_its_name_stays_the_town() -> None:
    [city] = _resolve("He is in Savannah now.", "Savannah")
    assert city is not None
    assert city.id.startswith("geonames:")


@pytest.mark.parametrize("after", ["dollars", "Dlrs", "accord", "climate agreement"])
def test_money_and_accords_leave_no_place(after: str) -> None:
    form = "Singapore" if after[0] in "dD" else "Paris"
    assert _resolve(f"They spoke of 30 {form} {after} at length.", form) == [None]


def test_a_city_where_talks_are_held_stays_a_place() -> None:
    assert _ids("They spoke of the Geneva talks at length.", "Geneva") == ["geonames:2660646"]


def test_a_place_stays_that_is_named_beside_its_money() -> None:
    text = "Fees of 30 Singapore dollars are paid in Singapore at once."
    assert _ids(text, "Singapore", "Singapore") == ["country:SG", "country:SG"]


def test_a_court_district_is_no_district_of_another_country() -> None:
    assert _resolve("The court for the Eastern District of Virginia", "Eastern District") == [None]


def test_an_abbreviated_state_speaks_for_a_state_of_two_names() -> None:
    text = "ASHVILLE, N.C., May 3. First Bank of Georgia said it lent more."
    assert _ids(text, "N.C", "Georgia") == ["division:US-NC", "division:US-GA"]


def test_a_small_town_in_a_province_is_no_namesake_elsewhere() -> None:
    assert (
        _resolve("a mine at Kimberley, British Columbia.", "Kimberley", "British Columbia")[0]
        is None
    )


def test_a_container_decides_between_namesakes() -> None:
    assert _resolve("In Moscow, Idaho, it rained.", "Moscow", "Idaho")[0] == Place(
        "Moscow, Idaho", "geonames:5601538", "US", 46.732, -117.0
    )
    (london, _) = _resolve("In London, Ontario, it rained.", "London", "Ontario")
    assert london is not None
    assert (london.name, london.country) == ("London, Ontario", "CA")
    (portland,) = _resolve("In Portland, Maine it rained.", "Portland")
    assert portland is not None
    (springfield,) = _resolve("In Springfield, Ill., it rained.", "Springfield")
    assert springfield is not None
    assert springfield.name == "Springfield, Illinois"


def test_a_town_too_small_for_the_tables_is_no_namesake_elsewhere() -> None:
    assert _resolve("In Horsham, Pa., it rained.", "Horsham", "Pa")[0] is None
    assert _ids("Moscow, Ukraine and Belarus", "Moscow", "Ukraine")[0] == "geonames:524901"


def test_the_country_of_the_document_decides_between_cities() -> None:
    (_, valencia) = _resolve("In Venezuela, people of Valencia", "Venezuela", "Valencia")
    assert valencia is not None
    assert valencia.country == "VE"


@pytest.mark.parametrize(
    ("text", "forms", "place_id"),
    [
        ("Georgia borders Russia and Turkey.", ("Georgia", "Russia", "Turkey"), "country:GE"),
        ("Georgia elects.", ("Georgia",), "country:GE"),
        ("Georgia, Alabama and Florida vote.", ("Georgia", "Alabama", "Florida"), "division:US-GA"),
    ],
)
def test_a_name_of_a_country_and_a_state_goes_by_the_evidence(
    text: str, forms: tuple[str, ...], place_id: str
) -> None:
    assert _ids(text, *forms)[0] == place_id


def test_the_state_after_its_city() -> None:
    text = "Fans came to Savannah, Georgia. The Georgia team won."
    assert _ids(text, "Savannah", "Georgia")[1] == "division:US-GA"


def test_an_abbreviation_counts_with_its_full_stop() -> None:
    assert _ids("In Toledo, Mo. it rained.", "Toledo", "Mo")[1] == "division:US-MO"
    assert _resolve("Mo came.", "Mo") != ["division:US-MO"]


def test_every_place_has_a_country_and_degrees() -> None:
    for place in _resolve("Oslo, Bavaria, Peru", "Oslo", "Bavaria", "Peru"):
        assert place is not None
        assert len(place.country) == len("NO")
        assert -90 <= place.latitude <= 90
        assert -180 <= place.longitude <= 180
        assert (place.latitude, place.longitude) != (0, 0)


@pytest.mark.parametrize(
    "text",
    [
        "OSLO, Aug 3 (Agency) - It rained.",
        "OSLO (Agency) - It rained.",
        "OSLO — It rained.",
        "OSLO, Norway (AP) -- It rained.",
        "A headline\n\nOSLO 1996-08-30\nIt rained.",
    ],
)
def test_capitals_before_a_date_an_agency_or_a_dash_are_a_dateline(text: str) -> None:
    assert [n.form for n in mark_datelines([], read_page(text))] == ["OSLO"]


@pytest.mark.parametrize(
    "text", ["BREAKING - It rained.", "OSLO WINS THE CUP", "He said OSLO - no."]
)
def test_other_capitals_are_no_dateline(text: str) -> None:
    assert mark_datelines([], read_page(text)) == []


def test_countries_that_stand_alone_are_found() -> None:
    page = read_page(
        "A storm hit 'Norway' and South Korea. Bank of China paid US$5. Air France flew."
    )
    found = [name.form for name in scan_countries([], page)]
    assert found == ["Norway", "South Korea", "China"]


def test_cities_after_in_are_found_and_other_words_are_not() -> None:
    page = read_page("He was in Osaka in May, in Reverse Gear, in Osaka Castle and in Chicago.")
    assert [name.form for name in scan_located([], page)] == ["Osaka", "Chicago"]


def test_a_name_of_the_gazetteer_after_in_is_a_place_throughout() -> None:
    page = read_page("He lives in Seoni. Block Seoni. Then Lindqvist, in Lindqvist's car.")
    at = [page.text.index("Seoni"), page.text.rindex("Seoni"), page.text.index("Lindqvist")]
    names = [
        page.cut(start, start + size, "person") for start, size in zip(at, (5, 5, 9), strict=True)
    ]
    assert [n.kind for n in retype_located(names, page)] == ["place", "place", "person"]


def test_a_city_in_a_list_of_places_is_one() -> None:
    page = read_page("Ankara, Izmir and Bursa")
    names = [
        Name(0, 6, "place", "Ankara"),
        Name(8, 13, "person", "Izmir"),
        Name(18, 23, "person", "Bursa"),
    ]
    assert {n.kind for n in retype_coordinated(names, page)} == {"place"}


def test_a_form_counts_wherever_it_stands_alone() -> None:
    page = read_page("Anna Vorel came. Vorel left. President Vorel and Vorel Street. Anna Vorel.")
    names = propagate([Name(0, 10, "person", "Anna Vorel")], page)
    assert [(n.start, n.form) for n in names] == [
        (0, "Anna Vorel"),
        (17, "Vorel"),
        (39, "Vorel"),
        (63, "Anna Vorel"),
    ]
