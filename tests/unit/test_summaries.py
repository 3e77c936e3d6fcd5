"""Facts about summaries, on sentences of our own invention."""

from __future__ import annotations

import subprocess
import sys

import pytest

from dateline.documents import Sentence
from dateline.errors import ParameterError
from dateline.summaries import (
    CENTROID_METHOD,
    SUMMARIZERS,
    SentenceList,
    Summary,
    SummaryOptions,
    rank_sentences,
    summarize,
    summarize_stored,
    take_sentences,
)

HARBOUR = (
    "The harbour council of Velmoor voted on Tuesday to close the old ferry pier for good.",
    "Mayor Ines Tarrow said the pier had cost the town 2.4 million crowns since 2019.",
    "Fishermen blocked the harbour road with nets and crates in protest at the vote.",
    "Short cry.",
    "A new pier will be built north of the lighthouse, where the water is deeper and calmer.",
    "Tarrow's deputy, Olav Brinn, called the protests understandable but said the vote stands.",
    "The ferry company said it would move its three boats to Skarnes until the new pier opens.",
    "Schools in Velmoor will run buses for pupils who used to cross the bay by ferry.",
)
ALL = (True,) * len(HARBOUR)
LISTED = SentenceList(HARBOUR, ALL)


def store(sentences: tuple[str, ...], ranks: tuple[int | None, ...]) -> tuple[str, list[Sentence]]:
    text, stored = "", []
    for sentence, rank in zip(sentences, ranks, strict=True):
        text += " " if text else ""
        stored.append(Sentence(len(text), len(text) + len(sentence), rank))
        text += sentence
    return text, stored


def positions(summary: Summary) -> list[int]:
    return [sentence.position for sentence in summary.sentences]


class TestRanks:
    def test_every_eligible_sentence_has_a_turn_of_its_own(self) -> None:
        ranks = rank_sentences(HARBOUR, ALL)
        assert sorted(ranks) == list(range(len(HARBOUR)))

    def test_an_ineligible_sentence_has_no_turn(self) -> None:
        ranks = rank_sentences(HARBOUR, (True, False, *ALL[2:]))
        assert ranks[1] is None
        assert sorted(rank for rank in ranks if rank is not None) == list(range(len(HARBOUR) - 1))

    def test_an_ineligible_sentence_makes_what_it_is_about_weigh_more(self) -> None:
        told = (
            "Nobody on the island expected such a long and quiet winter this year.",
            "Sheep were counted twice by the two wardens of the northern parish.",
            "Otters returned to the river that the paper mill had once fouled.",
            "“Otters returned, the river is clean and otters",
            "eat where the mill had fouled the river with paper",
        )
        listed = SentenceList(told, (True, True, True, False, False))
        best = summarize([listed], SummaryOptions(sentences=1, summarizer="lexrank"))
        assert positions(best) == [2]

    def test_the_same_words_again_have_no_turn(self) -> None:
        ranks = rank_sentences((*HARBOUR, HARBOUR[2].upper()), (*ALL, True))
        assert ranks[-1] is None

    def test_a_sentence_without_a_word_has_no_turn(self) -> None:
        assert rank_sentences(("***", "", HARBOUR[0]), (True, True, True)) == (None, None, 0)

    def test_a_short_cry_comes_after_the_sentences_round_it(self) -> None:
        ranks = rank_sentences(HARBOUR, ALL)
        assert ranks[3] > max(ranks[2], ranks[4])

    @pytest.mark.parametrize(
        "chat",
        [
            "Will the old ferry pier of Velmoor be closed by its council for good?",
            "You will love how the old ferry pier of Velmoor is closed for good.",
            "I saw the old ferry pier of Velmoor closed for good by its council.",
        ],
    )
    def test_a_question_or_a_chat_gives_way_to_the_report_behind_it(self, chat: str) -> None:
        report = "The council closed the old ferry pier of Velmoor for good, said its mayor."
        ranks = rank_sentences((HARBOUR[4], chat, report, *HARBOUR[5:]), ALL[2:])
        assert ranks.index(1) == 2

    @pytest.mark.parametrize("counted", ["World War I", "the days of King Osric I", "Phase I"])
    def test_an_i_that_counts_is_nobodys_voice(self, counted: str) -> None:
        plain = "The old ferry pier of Velmoor was built after the flood by its council."
        told = plain.replace("the flood", counted)
        ranks = [
            rank_sentences((HARBOUR[4], first, HARBOUR[1]), ALL[:3]) for first in (plain, told)
        ]
        voiced = rank_sentences((HARBOUR[4], f"I know: {plain}", HARBOUR[1]), ALL[:3])
        assert ranks[0] == ranks[1] != voiced

    def test_who_is_quoted_may_say_i(self) -> None:
        said = HARBOUR[0][:-1] + ', and the mayor said: "I know that we will miss it."'
        assert rank_sentences((said, *HARBOUR[1:]), ALL)[0] == 0

    def test_a_denial_is_kept_beside_what_it_denies(self) -> None:
        pair = ("The court found him guilty of fraud.", "The court found him not guilty of fraud.")
        assert None not in rank_sentences(pair, (True, True))

    def test_sentences_that_share_nothing_keep_text_order(self) -> None:
        alike = tuple(" ".join(f"{letter}{n}" for n in range(9)) + "." for letter in "pqrstu")
        assert rank_sentences(alike, (True,) * 6) == (0, 1, 2, 3, 4, 5)

    def test_no_sentence_gives_no_rank(self) -> None:
        assert rank_sentences((), ()) == ()

    def test_more_sentences_than_are_compared_all_have_a_turn(self) -> None:
        many = [
            f"Gull number {n} sat on post {n * n} near the pier all day long." for n in range(450)
        ]
        assert sorted(rank_sentences(many, [True] * 450)) == list(range(450))

    def test_ranks_do_not_depend_on_the_hash_seed(self) -> None:
        code = f"from dateline.summaries import rank_sentences as r; print(r({HARBOUR!r}, {ALL!r}))"
        seen = {
            subprocess.run(
                [sys.executable, "-c", code],
                env={"PYTHONHASHSEED": seed},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for seed in "123"
        }
        assert seen == {f"{rank_sentences(HARBOUR, ALL)}\n"}


class TestTaking:
    @pytest.mark.parametrize(
        ("lengths", "options", "taken"),
        [
            ([20, 20, 20, 20], {}, (0, 1, 2)),
            ([55, 20], {}, (0,)),
            ([40, 51, 20], {}, (0, 2)),
            ([40, 50, 20], {}, (0, 1)),
            ([91, 20, 40], {}, (1, 2)),
            ([120], {}, (0,)),
            ([120, 95], {}, (0,)),
            ([10, 10], {}, (0, 1)),
            ([10, 10], {"words": 1}, (0,)),
            ([37, 12], {"words": 1}, (1,)),
            ([120, 3, 3, 3], {"sentences": 2}, (0, 1)),
            ([10, 10], {"sentences": 9}, (0, 1)),
            ([], {}, ()),
        ],
    )
    def test_whole_sentences_are_taken_until_the_words_are_reached(
        self, lengths: list[int], options: dict[str, int], taken: tuple[int, ...]
    ) -> None:
        assert take_sentences(range(len(lengths)), lengths.__getitem__, **options) == taken

    def test_the_best_are_taken_and_given_in_text_order(self) -> None:
        assert take_sentences([4, 1, 3, 0, 2], lambda _: 20) == (1, 3, 4)


class TestStored:
    def test_stored_ranks_are_read_not_computed(self) -> None:
        text, stored = store(HARBOUR, (None, 2, 1, None, 0, 3, 4, 5))
        summary = summarize_stored(text, stored, SummaryOptions(sentences=3), method="elder/7")
        assert positions(summary) == [1, 2, 4]
        assert summary.method == "elder/7"

    def test_spans_point_at_the_very_words(self) -> None:
        text, stored = store(HARBOUR, rank_sentences(HARBOUR, ALL))
        for options in (SummaryOptions(), SummaryOptions(summarizer="luhn")):
            for sentence in summarize_stored(text, stored, options).sentences:
                assert text[sentence.start : sentence.end] == sentence.text

    def test_stored_ranks_give_the_summary_that_computing_gives(self) -> None:
        text, stored = store(HARBOUR, rank_sentences(HARBOUR, ALL))
        for words in (1, 20, 55, 1000):
            options = SummaryOptions(words=words)
            prefix, computed = summarize_stored(text, stored, options), summarize([LISTED], options)
            assert positions(prefix) == positions(computed)
            assert (prefix.words, prefix.method) == (computed.words, CENTROID_METHOD)

    def test_sentences_without_rank_never_stand_in_any_summary(self) -> None:
        text, stored = store(HARBOUR, (None, *range(7)))
        for name in SUMMARIZERS:
            options = SummaryOptions(sentences=8, summarizer=name)
            assert positions(summarize_stored(text, stored, options)) == [1, 2, 3, 4, 5, 6, 7]

    def test_a_text_without_any_fit_sentence_says_so(self) -> None:
        text, stored = store(HARBOUR[:2], (None, None))
        for options in (SummaryOptions(), SummaryOptions(focus="Velmoor")):
            summary = summarize_stored(text, stored, options)
            assert (summary.sentences, summary.words) == ((), 0)
            assert "no sentence of this text can stand" in summary.note


class TestSeveralTexts:
    FIRST = (
        "Two trains collided near Orsk Junction on Monday morning, injuring forty people.",
        "Rescue crews from three towns worked until noon to free the passengers.",
    )
    SECOND = (
        "Two trains collided close to Orsk Junction on Monday morning, injuring some forty people.",
        "The rail regulator said a signal had failed twice in the week before the crash.",
    )

    def lists(self) -> list[SentenceList]:
        return [SentenceList(text, (True, True)) for text in (self.FIRST, self.SECOND)]

    def test_what_one_text_has_said_gives_way_to_what_is_new(self) -> None:
        summary = summarize(self.lists(), SummaryOptions(sentences=3))
        assert [(s.document, s.position) for s in summary.sentences] != [(0, 0), (0, 1), (1, 0)]
        assert (1, 1) in [(s.document, s.position) for s in summary.sentences]

    def test_the_very_same_sentence_stands_once(self) -> None:
        twice = [SentenceList(self.FIRST, (True, True))] * 2
        summary = summarize(twice, SummaryOptions(sentences=10))
        assert [s.text for s in summary.sentences] == list(self.FIRST)

    def test_each_text_has_a_beginning_of_its_own(self) -> None:
        summary = summarize([LISTED, self.lists()[1]], SummaryOptions(sentences=2))
        assert [(s.document, s.position) for s in summary.sentences] == [(0, 0), (1, 0)]

    def test_the_lead_takes_from_each_in_turn(self) -> None:
        options = SummaryOptions(sentences=3, summarizer="lead")
        summary = summarize([LISTED, self.lists()[1]], options)
        assert [(s.document, s.position) for s in summary.sentences] == [(0, 0), (0, 1), (1, 0)]

    def test_free_text_has_no_spans(self) -> None:
        assert {(s.start, s.end) for s in summarize(self.lists()).sentences} == {(None, None)}


@pytest.mark.parametrize(
    ("parameter", "value"),
    [("words", 0), ("words", -1), ("words", 1001), ("sentences", 0), ("sentences", 101)],
)
def test_lengths_out_of_range_are_refused_by_name(parameter: str, value: int) -> None:
    with pytest.raises(ParameterError, match=f"{parameter}={value}") as refused:
        SummaryOptions(**{parameter: value})
    assert refused.value.parameter == parameter


def test_the_text_of_a_summary_is_one_line() -> None:
    broken = SentenceList(("The pier\n closed.", "It rained."), (True, True))
    assert summarize([broken]).text == "The pier closed. It rained."


def test_a_summary_of_stored_ranks_or_of_a_name_imports_no_heavy_library() -> None:
    code = """
import sys
from dateline.documents import Sentence
from dateline.summaries import SentenceList, SummaryOptions, summarize, summarize_stored
text = "The Velmoor pier closed on Tuesday."
summarize_stored(text, [Sentence(0, len(text), 0)])
summarize([SentenceList((text,), (True,))], SummaryOptions(focus="Velmoor"))
heavy = {"nltk", "numpy", "nupunkt", "requests"} & set(sys.modules)
assert not heavy, heavy
"""
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)
