# ruff: noqa: RUF001  # typographic marks are what is tested

from __future__ import annotations

import pytest

from dateline.text.sentences import split_sentences, summarizable

LEAD = "The harbour council approved a new ferry pier on Tuesday."
ITEMS = ["Two berths are built at the old quay.", "The basin is dredged before the spring."]


def _sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text, 0)]


def _may_stand(sentence: str) -> bool:
    return any(summarizable(sentence, split_sentences(sentence, 0), truncated=False))


@pytest.mark.parametrize(
    "mark", ["• ", "•", "- ", "* ", "· ", "▪ ", "‣ ", "● ", "➤ ", "(b) ", "b) "]
)
def test_the_mark_of_an_item_is_part_of_no_sentence(mark: str) -> None:
    text = "\n".join([LEAD, *(mark + item for item in ITEMS)])
    assert _sentences(text) == [LEAD, *ITEMS]


@pytest.mark.parametrize("mark", ["{}. ", "{}) ", "({}) "])
def test_numbers_in_a_row_are_marks(mark: str) -> None:
    text = "\n".join([LEAD, *(mark.format(n) + item for n, item in enumerate(ITEMS, 9))])
    assert _sentences(text) == [LEAD, *ITEMS]


@pytest.mark.parametrize(
    "line",
    [
        "10. August war der Tag der Abstimmung.",
        "12 boats lay in the basin that night.",
        "-5 degrees were measured at the quay.",
        "– Vi har ventet i tjue år, sier Ilves.",
        "*Ilves* is the name of her ferry.",
        "(Reuters) The council met on Friday.",
        "•",
    ],
)
def test_what_is_no_mark_stays_in_its_sentence(line: str) -> None:
    assert "".join(_sentences(f"{LEAD}\n{line}")[1:]).startswith(line[:10])


@pytest.mark.parametrize(
    "line",
    [
        "Westport: Ilves; Brandt, Kern, Sand, Roth; Dahl, Lund, Moe; Berg, Vik, Holm.",
        "Westport (4-3-3): Ilves 7; Brandt 6, Kern 7, Sand 7; Dahl 8, Lund 7, Moe 6; Berg 7.",
        "Harbour Town XI: M Ilves, O Brandt, L Kern (capt), J Sand, E Roth, P Dahl, S Lund.",
        "Subs not used: Aas, Bakke, Eide, Foss, Gran.",
        "Ilves, Brandt (Aas 60), Kern, Sand, Roth (Bakke 72), Dahl, Lund, Moe, Berg, Vik.",
        "Goals: Ilves 12, Brandt 45, 67, Kern 80.",
        "Cast: Marta Ilves, Odo Brandt, Lise Kern and Jon Sand.",
    ],
)
def test_a_list_of_names_may_not_stand_in_a_summary(line: str) -> None:
    assert not _may_stand(line)


@pytest.mark.parametrize(
    "line",
    [
        "Westport: the ferry was late, the quay was wet and nobody came.",
        "Ilves, Brandt, Kern, Sand, Roth and Dahl were all in the team that won.",
        "Three towns asked for it: Westport, Harbour Town and Cape Roth.",
        "Ferries from Westport, Aas, Eide, Foss, Gran and Holm call at the pier.",
        "Пирс построят Илвес, Брандт, Керн и их рабочие из порта.",
        "उसने कहा: नाव, घाट, शहर और नदी सब बंद हैं.",
    ],
)
def test_a_sentence_with_names_may(line: str) -> None:
    assert _may_stand(line)
