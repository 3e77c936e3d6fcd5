"""What is proposed about names: each kind of likeness, its evidence, and what is left in peace."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from unit.deciding import line

from indexer.knowledge.decisions import make_decisions
from indexer.librarian.census import Named, take_census
from indexer.librarian.likeness import find_acronym, is_one_edit, romanise, spell_acronyms
from indexer.librarian.proposals import propose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.documents import EntityKind
    from indexer.knowledge.decisions import Decision
    from indexer.librarian.proposals import Proposal


def articles(kind: EntityKind, *names: Sequence[str]) -> list[Named]:
    """Articles a0, a1, … that name these, besides a place's mayor of their own."""
    other: EntityKind = "organisation" if kind == "person" else "person"
    return [
        Named(f"a{number:03}", "Post", {kind: tuple(each), other: ()})
        for number, each in enumerate(names)
    ]


def review(
    read: list[Named], *lines: Decision, kind: EntityKind = "person", least: int = 1
) -> list[Proposal]:
    census = take_census(read, make_decisions(lines))
    return propose(census, [kind], lines, least)


def pairs(found: list[Proposal]) -> set[tuple[str, str]]:
    return {(each.decision.name, each.decision.into) for each in found}


PEOPLE = {
    "a surname": (
        "Quillon",
        "Maren Quillon",
        "surname: meant by 3 of 3 articles with a fuller name",
    ),
    "a titled surname": ("Dr. Quillon", "Maren Quillon", "surname"),
    "initials": ("M. Quillon", "Maren Quillon", "initials: meant by 3 of 3"),
    "two initials": ("J.R. Quillon", "Jan Rudolf Quillon", "initials"),
    "a middle name": ("Maren Ilse Quillon", "Maren Quillon", "a word more between"),
    "an initial more": ("Maren I. Quillon", "Maren Quillon", "a word more between"),
    "turned round": ("Quillon Maren", "Maren Quillon", "another order"),
    "romanised": ("Evgeniy Kozhin", "Yevgeny Kojin", "by sound"),
    "a letter other": ("Marten Quillon", "Marben Quillon", "one letter apart"),
    "a letter missing": ("Maren Qullon", "Maren Quillon", "one letter apart"),
    "letters swapped": ("Maren Quillno", "Maren Quillon", "one letter apart"),
}


@pytest.mark.parametrize("case", PEOPLE)
def test_persons_that_may_be_one_are_proposed_with_the_reason(case: str) -> None:
    name, into, reason = PEOPLE[case]
    found = review(articles("person", [name], [into], [into, "Bo Lind"], [into]))
    assert pairs(found) == {(name, into)}
    assert reason in found[0].reason
    assert found[0].articles == (1, 3, 0)
    assert found[0].examples == ("a000", "a001", "a002")


ORGANISATIONS = {
    "an acronym": ("QHB", "Quay Harbour Board", "acronym"),
    "with dots": ("Q.H.B.", "Quay Harbour Board", "acronym"),
    "of main words": ("BQ", "Board of the Quay", "acronym"),
    "a company's ending": ("Quillon Group", "Quillon", "its ending"),
    "two companies' endings": ("Quillon Holdings", "Quillon Group", "its ending"),
    "its acronym behind it": ("Quay Harbour Board (QHB", "Quay Harbour Board", "its ending"),
    "little words": ("Quay & Harbour Board", "Quay and Harbour Board", "little ones"),
    "a beginning": ("Quay", "Quay Board", "beginning: meant by 2 of 2"),
    "turned round": ("University of Ellery", "Ellery University", "their order"),
    "a letter other": ("Quay Boart", "Quay Board", "one letter apart"),
}


@pytest.mark.parametrize("case", ORGANISATIONS)
def test_organisations_that_may_be_one_are_proposed_with_the_reason(case: str) -> None:
    name, into, reason = ORGANISATIONS[case]
    found = review(articles("organisation", [name], [into], [into]), kind="organisation")
    assert pairs(found) == {(name, into)}
    assert reason in found[0].reason


APART = {
    "two first names": ["Maren Quillon", "Bertil Quillon"],
    "a surname of two": ["Quillon", "Maren Quillon", "Bertil Quillon"],
    "other initials": ["B. Quillon", "Maren Quillon"],
    "a first letter": ["Baren Quillon", "Maren Quillon"],
    "short words": ["Jo Lee", "Bo Lea"],
    "a given name": ["Maren", "Maren Quillon"],
    "father and son": ["Maren Quillon Sr", "Maren Quillon Jr", "Maren Quillon"],
}


@pytest.mark.parametrize("case", APART)
def test_names_that_only_look_a_little_alike_are_left_in_peace(case: str) -> None:
    assert pairs(review(articles("person", *([name] for name in APART[case])))) == set()


def test_sisters_of_one_organisation_are_proposed_where_their_endings_are_common() -> None:
    others = [[f"{town} {end}"] for end in ("Guard", "Patrol") for town in "ABCDE"]
    company = [[f"Quay {end}", "Ship", "Sail"] for end in ("Guard", "Patrol")]
    read = articles("organisation", ["Quay"], *company, *others)
    found = pairs(review(read, kind="organisation"))
    assert ("Quay Patrol", "Quay Guard") in found
    assert not [pair for pair in found if pair[0].startswith(("A ", "B "))]


def test_a_shared_company_comes_first_and_a_meeting_last() -> None:
    met = [["Bo Lind", "Quillon", "Maren Quillon"], ["Quillon"], ["Maren Quillon"]]
    near = [["Ask Vik", "Tora Berg"], ["Berg", "Ask Vik"]]
    far = [["Odd Sund", "Eli Dahl"], ["Dahl", "Nils Moe"]]
    found = review(articles("person", *met, *far, *far, *near, *near))
    assert [each.decision.name for each in found] == ["Berg", "Dahl", "Quillon"]
    assert [each.company for each in found] == [1.0, 0.0, 1.0]
    assert found[2].articles == (2, 2, 1)


def test_what_was_decided_is_not_proposed_again_and_what_follows_from_it_is() -> None:
    read = articles("person", ["Quillon"], ["M. Quillon"], ["Maren Quillon"], ["Maren Quillon"])
    into = "Maren Quillon"
    assert pairs(review(read)) == {("Quillon", into), ("M. Quillon", into)}
    rejected = line("Quillon", into, "rejected")
    assert pairs(review(read, rejected)) == {("M. Quillon", into)}
    assert pairs(review(read, line(into, "Quillon", "rejected"))) == {("M. Quillon", into)}
    accepted = review(read, line("M. Quillon", into))
    assert [(each.decision.name, each.articles) for each in accepted] == [("Quillon", (1, 3, 0))]
    assert pairs(review(read, line("Quillon", into, "open"))) == pairs(review(read))


def test_a_name_in_too_few_articles_waits() -> None:
    read = articles("person", ["Quillon"], ["M. Quillon"], ["M. Quillon"], *[["Maren Quillon"]] * 3)
    assert pairs(review(read, least=2)) == {("M. Quillon", "Maren Quillon")}


TWO = [["Jon Smed", "Ask Vik"]] * 5 + [["Jon Smed", "Eli Dahl"]] * 4


def test_a_name_with_two_companies_may_be_two_persons() -> None:
    (found,) = review(articles("person", *TWO))
    decision = found.decision
    assert (decision.name, decision.into) == ("Jon Smed", "Jon Smed (Eli Dahl)")
    assert decision.beside == ("Eli Dahl",)
    assert found.articles == (4, 9, 0)
    assert "4 of 9 articles share no other" in found.reason


def test_a_split_that_was_decided_on_either_way_is_not_proposed_again() -> None:
    for verdict in ("accepted", "rejected"):
        into = line("Jon Smed", "Jon Smed (clerk)", verdict, beside=("Eli Dahl",))
        assert review(articles("person", *TWO), into) == []


def test_one_article_that_joins_the_companies_makes_one_person() -> None:
    joined = [*TWO, ["Jon Smed", "Ask Vik", "Eli Dahl"]]
    assert review(articles("person", *joined)) == []


def test_proposals_are_the_same_whatever_the_order_of_articles() -> None:
    chance = random.Random(5)
    names = [
        f"{a} {b}" for a in ("Maren", "Marten", "M.") for b in ("Quillon", "Quilon", "Lindqvist")
    ]
    names += ["Quillon", "Lindqvist"]
    read = articles("person", *[chance.sample(names, 2) for _ in range(60)])
    wanted = [(each.decision, each.grade) for each in review(read)]
    assert len(wanted) >= 3
    for _ in range(3):
        chance.shuffle(read)
        assert [(each.decision, each.grade) for each in review(read)] == wanted


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("volodymyr zelensky", "volodymyr zelenskiy"),
        ("sergei shoigu", "sergey shoygu"),
        ("mohammed", "muhamad"),
        ("khabarov", "habaroff"),
        ("tchernenko", "chernenko"),
        ("yekaterina", "ekaterina"),
    ],
)
def test_ways_to_write_a_name_of_another_script_meet(one: str, two: str) -> None:
    assert romanise(one.split()) == romanise(two.split())


@pytest.mark.parametrize(
    ("one", "two", "alike"),
    [
        ("ada lindqvist", "ada linqvist", True),
        ("ada lindqvist", "ada lindqvits", True),
        ("ada lindqvist", "ida lindqvist", False),
        ("ada lindqvist", "ada lindqvist", False),
        ("ada lindqvist", "ada findqvist", False),
        ("ada lindqvist", "ada lundqvisd", False),
        ("ada lindqvist berg", "ada lindqvist", False),
    ],
)
def test_one_letter_apart(one: str, two: str, *, alike: bool) -> None:
    assert is_one_edit(one.split(), two.split()) is alike
    assert is_one_edit(two.split(), one.split()) is alike


def test_acronyms_are_in_capitals_and_of_one_word() -> None:
    found = [find_acronym(each) for each in ("QHB", "Q.H.B.", "Qhb", "Q", "QH Board")]
    assert found == ["qhb", "qhb", "", "", ""]
    assert spell_acronyms(["board", "of", "the", "quay"]) == {"botq", "bq"}
    assert spell_acronyms(["board"]) == set()
