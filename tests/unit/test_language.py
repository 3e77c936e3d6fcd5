from __future__ import annotations

import pytest

from indexer.language import choose_language, detect_language, read_tag

ENGLISH = (
    "The harbour was closed on Monday after the storm broke two of its cranes, and fishermen "
    "said that their boats could not leave before the channel was cleared. "
)
GERMAN = (
    "Der Hafen blieb am Montag geschlossen, nachdem der Sturm zwei Kräne zerstört hatte, und die "
    "Fischer sagten, ihre Boote könnten nicht auslaufen, bevor die Rinne geräumt sei. "
)
FINNISH = (
    "Satama suljettiin maanantaina, kun myrsky rikkoi kaksi nosturia, ja kalastajat sanoivat, "
    "että veneet eivät voi lähteä ennen kuin väylä on raivattu. "
)
RUSSIAN = (
    "Порт был закрыт в понедельник после того, как шторм сломал два крана, и рыбаки сказали, "
    "что лодки не смогут выйти в море, пока не расчистят канал. "
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ENGLISH, "en"),
        (GERMAN, "de"),
        (RUSSIAN, "ru"),
        (FINNISH * 3, "fi"),
        (ENGLISH.upper(), "en"),
        (ENGLISH * 3, "en"),
        (GERMAN * 3 + ENGLISH, "de"),
    ],
)
def test_the_language_of_a_text_shows_in_the_text(text: str, code: str) -> None:
    assert detect_language(text) == code


def test_of_a_long_english_text_the_model_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.language._identifier", None)
    assert detect_language(ENGLISH * 3) == "en"


@pytest.mark.parametrize("text", ["", "Rain again", "1 2 3 4 5 " * 100, "— … — " * 100])
def test_too_few_letters_show_no_language(text: str) -> None:
    assert detect_language(text) is None


def test_the_text_comes_before_its_record_and_the_record_before_what_is_given() -> None:
    assert choose_language(GERMAN, stated="en") == "de"
    assert choose_language("Regen", stated="de-AT", given="en") == "de"
    assert choose_language("Regen", given="de") == "de"
    assert choose_language("Regen") == "und"


def test_a_given_language_is_believed_where_the_record_states_none() -> None:
    assert choose_language(GERMAN, given="nds") == "nds"
    assert choose_language(GERMAN, stated="nl", given="nds") == "de"


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("PT_br", "pt"),
        ("und", None),
        ("english", None),
        (None, None),
    ],
)
def test_language_tags(tag: str | None, code: str | None) -> None:
    assert read_tag(tag) == code
