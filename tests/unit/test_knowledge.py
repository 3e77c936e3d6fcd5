"""What articles teach together: names, repeated lines, reprints; in whatever order they come."""

# ruff: noqa: RUF001  # typographic quotes are what some of these tests are about

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.search.results import Evidence
from indexer.knowledge.learning import learn
from indexer.knowledge.lines import count_needed, find_repeated_lines
from indexer.knowledge.marks import hash_line, pack, sketch_text, unpack
from indexer.knowledge.names import alias_key, find_aliases
from indexer.knowledge.reprints import COMMON, group_reprints, join_groups
from indexer.knowledge.values import Knowledge, read_facts, read_knowledge, store_knowledge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.knowledge.values import Facts


def facts(  # noqa: PLR0913 - each is one thing that an article shows
    key: str,
    *,
    source: str | None = "Post",
    people: Sequence[str] = (),
    organisations: Sequence[str] = (),
    lines: Sequence[str] = (),
    text: str = "",
) -> Facts:
    """The facts of an article, by way of the JSON that is stored of them."""
    hashes = [each for line in lines if (each := hash_line(line)) is not None]
    sketch = sketch_text(text)
    found = read_facts(
        Evidence(
            key,
            "indexed",
            source,
            {
                "names": {"person": list(people), "organisation": list(organisations)},
                "lines": pack(hashes),
                "line_count": len(lines),
                "sketch": pack(sketch.hashes),
                "stretches": sketch.stretches,
            },
        )
    )
    assert found is not None
    return found


def prose(seed: int, words: int = 200) -> str:
    chance = random.Random(seed)
    return " ".join(f"w{chance.randrange(4000)}" for _ in range(words))


def groups(**texts: str) -> dict[str, str]:
    return group_reprints({key: sketch_text(text) for key, text in texts.items()})


# marks


def test_marks_are_the_same_in_every_process_and_for_ever() -> None:
    assert hash_line("The Harbour Post is printed on Fridays") == 8616252924807211982
    sketch = sketch_text("Nine boats lay in the harbour when the storm came over the old mole")
    assert sketch.stretches == 10
    assert sketch.hashes.tolist() == [
        8213282144700461464,
        11867129495697150048,
        14953541432906724376,
    ]


def test_marks_take_no_note_of_case_accents_quotes_and_blanks() -> None:
    one = sketch_text("“Señor Núñez’s boat,” he said, “lay in   the harbour\nof Ellery all night.”")
    other = sketch_text('"Senor Nunez\'s boat" he said "lay in the HARBOUR of Ellery all night"')
    assert one.stretches == other.stretches > 5
    assert one.hashes.tolist() == other.hashes.tolist()


def test_a_line_of_few_words_or_of_numbers_has_no_mark() -> None:
    assert hash_line("Read more here now") is None
    assert hash_line("12 24 36 48 60 72 84") is None


@given(st.lists(st.integers(0, 2**64 - 1)))
def test_packed_hashes_come_back(hashes: list[int]) -> None:
    assert unpack(pack(hashes)).tolist() == hashes


# reprints


def test_a_copy_cut_by_half_and_one_with_a_paragraph_more_are_reprints() -> None:
    text = prose(1)
    half, padded = " ".join(text.split()[:100]), f"{text} {prose(2, 60)}"
    assert groups(b=text, a=half, c=padded, d=prose(3)) == {"a": "a", "b": "a", "c": "a"}


def test_an_article_that_quotes_two_others_does_not_make_one_group_of_them() -> None:
    one, two = prose(1), prose(2)
    found = groups(one=one, two=two, both=f"{one} {two}")
    assert found.get("one") != found.get("two") or found == {}
    assert len(set(found.values())) <= 1


def test_a_long_article_that_quotes_a_short_one_is_none_of_its_reprints() -> None:
    short = prose(1, 100)
    assert groups(short=short, long=f"{prose(2, 200)} {short} {prose(3, 200)}") == {}


def test_a_chain_of_ever_different_copies_is_no_one_group() -> None:
    words = prose(1, 1000).split()
    chain = {f"c{n:02}": " ".join(words[n * 50 : n * 50 + 200]) for n in range(16)}
    found = groups(**chain)
    assert len(set(found.values())) >= 4
    assert all(abs(int(key[1:]) - int(group[1:])) <= 2 for key, group in found.items())


def test_texts_of_a_few_words_are_nobodys_reprints() -> None:
    assert (
        groups(a="Shr 5 cts vs 6 cts in the year before", b="Shr 5 cts vs 6 cts in the year before")
        == {}
    )


def test_a_formula_that_many_articles_hold_makes_no_reprints() -> None:
    formula = prose(0, 150)
    texts = {f"a{n:03}": f"{prose(n + 1, 80)} {formula}" for n in range(COMMON + 1)}
    assert groups(**texts) == {}
    assert len(set(groups(**dict(list(texts.items())[:5])).values())) == 1


def test_a_thousand_word_for_word_copies_are_one_group() -> None:
    text = prose(1)
    found = groups(**{f"c{n:04}": text for n in range(1000)})
    assert len(found) == 1000
    assert set(found.values()) == {"c0000"}


def test_the_closest_pairs_are_joined_first_and_each_member_is_a_pair_of_each() -> None:
    pairs = {(0, 1): 0.9, (1, 2): 0.8, (2, 3): 0.95, (0, 2): 0.7}
    assert join_groups(pairs, 5) == [[0, 1], [2, 3], [4]]


# lines


SIGNED = "Sign up for the morning letter of the Harbour Post"


def held(count: int, *, of: int, source: str | None = "Post", text: str = "") -> list[Facts]:
    return [
        facts(
            f"a{n:04}",
            source=source,
            lines=[f"An article about boat number {n} and its crew", *([SIGNED] * (n < count))],
            text=text,
        )
        for n in range(of)
    ]


def test_a_line_that_five_articles_of_a_source_hold_is_its_own() -> None:
    assert find_repeated_lines(held(5, of=30), {}) == {"Post": {hash_line(SIGNED)}}
    assert find_repeated_lines(held(4, of=30), {}) == {}


def test_articles_without_a_source_repeat_nothing() -> None:
    assert find_repeated_lines(held(20, of=30, source=None), {}) == {}


def test_five_articles_of_five_sources_repeat_nothing() -> None:
    articles = [facts(f"a{n}", source=f"Post {n}", lines=[SIGNED]) for n in range(5)]
    assert find_repeated_lines(articles, {}) == {}


def test_a_phrase_that_one_in_two_hundred_articles_hold_is_news() -> None:
    assert find_repeated_lines(held(9, of=1800), {}) == {}
    assert find_repeated_lines(held(18, of=1800), {}) != {}


@pytest.mark.parametrize(
    ("articles", "needed"), [(5, 5), (392, 5), (1000, 10), (10_000, 100), (1_000_000, 1000)]
)
def test_how_many_articles_must_hold_a_line(articles: int, needed: int) -> None:
    assert count_needed(articles) == needed


def test_reprints_of_one_article_count_once() -> None:
    articles = held(5, of=30)
    alike = {each.id: "a0000" for each in articles[:2]}
    assert find_repeated_lines(articles, alike) == {}


# names


def test_spellings_that_differ_in_print_alone_are_one_name_and_the_commonest_wins() -> None:
    articles = [
        facts("a", people=["Sebastián Piñera", "Jean-Luc Moreau"]),
        facts("b", people=["Sebastian Pinera", "Jean Luc Moreau"]),
        facts("c", people=["Sebastian Pinera", "JEAN-LUC MOREAU"]),
    ]
    assert find_aliases(articles)["person"] == {
        "Sebastián Piñera": "Sebastian Pinera",
        "Jean-Luc Moreau": "Jean Luc Moreau",  # of equals the smallest
        "JEAN-LUC MOREAU": "Jean Luc Moreau",
    }


def test_titles_and_possessives_never_win_over_the_bare_name() -> None:
    names = ["President Ada Holm", "Ada Holm’s", "Ada Holm"]
    articles = [facts(f"{n}{name}", people=[name]) for name in names for n in range(len(name) % 7)]
    articles.append(facts("bare", people=["Ada Holm"]))
    assert find_aliases(articles)["person"] == {
        "Ada Holm’s": "Ada Holm",
        "President Ada Holm": "Ada Holm",
    }


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("person", "Holm", "HOLM"),
        ("person", "Mr Holm", "Mr. Holm"),
        ("person", "Holm-Berg", "Holm Berg"),
        ("person", "Ada Holm", "Adam Holm"),
        ("person", "Ada Holm", "Ada Holm Berg"),
        ("person", "Pope John Paul", "John Paul"),
        ("person", "King Olaf Haakon", "Olaf Haakon"),
        ("organisation", "WHO", "Who"),
        ("organisation", "Harbour Post", "Harbour Posts"),
        ("organisation", "President Hotels", "Hotels"),
    ],
)
def test_what_may_be_two_names_stays_two(kind: str, one: str, other: str) -> None:
    articles = [
        facts(name, **{"people" if kind == "person" else "organisations": [name]})  # type: ignore[arg-type]
        for name in (one, other)
    ]
    assert find_aliases(articles) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nato", "NATO"),
        ("Al-Jazeera", "Al Jazeera"),
        ("U.S. Steel", "US Steel"),
        ("Ford's", "Ford"),
        ("Harbour Ferries Co Ltd", "Harbour Ferries"),
    ],
)
def test_an_organisation_is_one_whatever_its_print(one: str, other: str) -> None:
    assert alias_key("organisation", one) == alias_key("organisation", other) != ""


def test_the_same_spelling_of_a_person_and_an_organisation_are_two_things() -> None:
    articles = [facts("a", people=["Ada Holm"]), facts("b", organisations=["ADA HOLM"])]
    assert find_aliases(articles) == {}


# all together


NAMES = ["Ada Holm", "ADA HOLM", "Áda Holm", "Dr Ada Holm", "Bo Berg", "Bo Berg's", "Berg"]
ARTICLES = st.builds(
    lambda names, lines, story, source: {
        "people": names,
        "lines": [f"This is the line that says number {n}" for n in lines],
        "text": " ".join(prose(story[0]).split()[story[1] :]),
        "source": source,
    },
    st.lists(st.sampled_from(NAMES), max_size=3, unique=True),
    st.lists(st.integers(0, 3), max_size=3),
    st.tuples(st.integers(0, 3), st.sampled_from([0, 20, 40, 100])),
    st.sampled_from(["Post", "Herald", None]),
)


@given(st.lists(ARTICLES, max_size=14), st.randoms(use_true_random=False))
def test_the_order_of_articles_is_of_no_account(
    drawn: list[dict[str, object]], chance: random.Random
) -> None:
    articles = [facts(f"a{n:02}", **each) for n, each in enumerate(drawn)]  # type: ignore[arg-type]
    known = learn(articles)
    chance.shuffle(articles)
    again = learn(articles)
    assert (again, again.version) == (known, known.version)


def test_a_snapshot_comes_back_from_its_json_under_the_same_version() -> None:
    known = Knowledge(
        {"person": {"ADA HOLM": "Ada Holm"}},
        {"Post": frozenset({1, 2**64 - 1})},
        {"b": "a", "a": "a"},
    )
    again = read_knowledge(store_knowledge(known))
    assert (again, again.version) == (known, known.version)
    assert Knowledge({"person": {}}).version == Knowledge().version != known.version


@pytest.mark.parametrize("outcome", ["withdrawn", "rejected", "unusable"])
def test_what_is_not_in_search_is_no_evidence(outcome: str) -> None:
    assert read_facts(Evidence("a", outcome, "Post", {"names": {}})) is None
    assert read_facts(Evidence("a", "indexed", "Post", {})) is None
