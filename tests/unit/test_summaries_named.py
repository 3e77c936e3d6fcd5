"""Facts about summaries asked for by name or by focus, on sentences of our own invention."""

from __future__ import annotations

import subprocess
import sys

import pytest

from dateline.errors import ParameterError
from dateline.summaries import (
    SUMMARIZERS,
    SentenceList,
    Summary,
    SummaryOptions,
    classics,
    summarize,
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
CLASSICS = SUMMARIZERS[2:]


def positions(summary: Summary) -> list[int]:
    return [sentence.position for sentence in summary.sentences]


class TestClassics:
    @pytest.mark.parametrize("name", CLASSICS)
    def test_each_names_itself_and_keeps_text_order(self, name: str) -> None:
        summary = summarize([LISTED], SummaryOptions(summarizer=name))
        assert summary.method == f"sumy-{name}"
        assert positions(summary) == sorted(positions(summary))
        assert 55 <= summary.words <= 90

    @pytest.mark.parametrize("name", CLASSICS)
    @pytest.mark.parametrize(
        "sentences",
        [
            ("One.",),
            ("Yes.", "No.", "Maybe so."),
            ("The the the.", "And of it.", "To be."),
            ("Quartz vexes Jim.", "Bold foxes dance."),
            ("Ja.", "Ja.", "Ja ja."),
        ],
    )
    def test_odd_texts_give_every_distinct_sentence(
        self, name: str, sentences: tuple[str, ...]
    ) -> None:
        listed = SentenceList(sentences, (True,) * len(sentences))
        summary = summarize([listed], SummaryOptions(summarizer=name))
        assert [s.text for s in summary.sentences] == list(dict.fromkeys(sentences))

    @pytest.mark.parametrize("name", CLASSICS)
    def test_a_repeated_sentence_stands_once(self, name: str) -> None:
        doubled = SentenceList(HARBOUR[:2] * 2, (True,) * 4)
        summary = summarize([doubled], SummaryOptions(sentences=4, summarizer=name))
        assert positions(summary) == [0, 1]

    @pytest.mark.parametrize("name", CLASSICS)
    def test_beyond_its_cap_the_first_sentences_count_and_the_note_says_so(self, name: str) -> None:
        many = tuple(f"Boat {n} left pier {n % 7} for island {n % 11}." for n in range(400))
        summary = summarize([SentenceList(many, (True,) * 400)], SummaryOptions(summarizer=name))
        assert f"{name} weighed the first " in summary.note
        assert "of 400 sentences" in summary.note
        assert summary.words >= 55

    def test_of_several_long_texts_a_capped_classic_sees_the_first_of_each(self) -> None:
        def log(ship: str) -> SentenceList:
            return SentenceList(
                tuple(f"{ship} passed buoy {n} at hour {n % 24} of the watch." for n in range(300)),
                (True,) * 300,
            )

        options = SummaryOptions(sentences=60, summarizer="kl")
        summary = summarize([log("Albatross"), log("Petrel")], options)
        assert [s.document for s in summary.sentences].count(1) == 30

    def test_every_process_gives_the_same_summary(self) -> None:
        code = (
            "from dateline.summaries import SentenceList, SummaryOptions, summarize\n"
            f"listed = SentenceList({HARBOUR!r}, {ALL!r})\n"
            f"for name in {SUMMARIZERS!r}:\n"
            "    options = SummaryOptions(sentences=3, summarizer=name)\n"
            "    print([s.position for s in summarize([listed], options).sentences])"
        )
        answers = {
            subprocess.run(
                [sys.executable, "-c", code],
                env={"PYTHONHASHSEED": seed},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for seed in "123"
        }
        assert len(answers) == 1

    def test_words_with_digits_and_stops_count(self) -> None:
        plain = [f"Ducks swam near {word} all afternoon." for word in ("reeds", "moss", "ferns")]
        told = ("The U.S. sent 25,000 masks.", *plain, "COVID-19 masks for the U.S. cost 25,000.")
        listed = SentenceList(told, (True,) * 5)
        best = summarize([listed], SummaryOptions(sentences=2, summarizer="luhn", language="xx"))
        assert [s.position for s in best.sentences] != [0, 4]  # ducks share more words
        only = SentenceList((told[0], "Geese sleep.", "Rain fell on hills.", told[4]), (True,) * 4)
        best = summarize([only], SummaryOptions(sentences=2, summarizer="luhn"))
        assert positions(best) == [0, 3]

    def test_a_name_that_is_unknown_is_refused_with_the_names_there_are(self) -> None:
        with pytest.raises(ParameterError, match=r"'gpt'.*centroid, lead, lexrank") as refused:
            SummaryOptions(summarizer="gpt")
        assert refused.value.parameter == "summarizer"

    def test_the_names_are_those_of_the_table(self) -> None:
        assert tuple(classics.CLASSICS) == CLASSICS

    def test_our_order_serves_sumy_documents_too(self) -> None:
        from sumy.models.dom import ObjectDocumentModel, Paragraph  # noqa: PLC0415
        from sumy.models.dom import Sentence as SumySentence  # noqa: PLC0415

        from dateline.summaries.classics import CentroidMmrSummarizer  # noqa: PLC0415

        texts = (*HARBOUR, HARBOUR[0])
        document = ObjectDocumentModel([Paragraph([SumySentence(t, None) for t in texts])])
        chosen = [str(sentence) for sentence in CentroidMmrSummarizer()(document, 3)]
        expected = summarize([LISTED], SummaryOptions(sentences=3))
        assert chosen == [sentence.text for sentence in expected.sentences]


class TestFocus:
    def focus(self, words: str, **options: object) -> list[int]:
        return positions(summarize([LISTED], SummaryOptions(focus=words, words=1000, **options)))

    def test_every_sentence_is_about_the_focus_possessives_too(self) -> None:
        assert self.focus("Tarrow") == [1, 5]

    @pytest.mark.parametrize("typed", ["tarrow", "TARROW", "Tárrow", "Tarrow's", "“Tarrow”"])
    def test_case_accents_possessives_and_quotes_do_not_matter(self, typed: str) -> None:
        assert self.focus(typed) == [1, 5]

    def test_plural_and_singular_meet(self) -> None:
        assert self.focus("Protests") == [2, 5]

    def test_words_of_one_stem_meet_behind_the_word_itself(self) -> None:
        voting = SentenceList(
            ("Voters came late.", "The vote was lost.", "Voting ends soon."), (True,) * 3
        )
        one = summarize([voting], SummaryOptions(focus="vote", sentences=1))
        assert positions(one) == [1]
        both = summarize([voting], SummaryOptions(focus="vote", sentences=3))
        assert positions(both) == [1, 2]

    def test_sentences_with_more_of_the_words_come_first(self) -> None:
        options = SummaryOptions(focus="the new pier", sentences=2)
        assert positions(summarize([LISTED], options)) == [4, 6]

    def test_capitals_ask_for_a_name_and_not_for_a_small_word(self) -> None:
        told = SentenceList(
            ("He told us a tale.", "The US and US-led forces left.", "The U.S. stays."), (True,) * 3
        )
        assert positions(summarize([told], SummaryOptions(focus="US"))) == [1, 2]

    @pytest.mark.parametrize("typed", ["Tessa May", "tessa may"])
    def test_a_name_in_the_text_is_not_held_by_its_words_in_small_letters(self, typed: str) -> None:
        told = SentenceList(
            (
                "It may rain on the ferry.",
                "Tessa May left on the ferry.",
                "The mayor met Mrs May there.",
                "May the ferry come back.",
            ),
            (True,) * 4,
        )
        assert positions(summarize([told], SummaryOptions(focus=typed))) == [1, 2]

    def test_the_initials_of_a_name_stand_for_it(self) -> None:
        told = SentenceList(
            (
                "Orlen Shipping Works sold two ferries.",
                "Shares in OSW fell by a tenth.",
                "The ferries were old.",
            ),
            (True,) * 3,
        )
        assert positions(summarize([told], SummaryOptions(focus="orlen shipping works"))) == [0, 1]

    def test_a_word_with_a_capital_is_found_in_small_letters_where_it_is_no_name(self) -> None:
        assert self.focus("Ferry Company") == self.focus("ferry company") != []

    def test_nothing_about_it_is_an_empty_summary_that_says_so(self) -> None:
        summary = summarize([LISTED], SummaryOptions(focus="Zanzibar"))
        assert (summary.sentences, summary.words) == ((), 0)
        assert summary.note == "no sentence is about “Zanzibar”"

    def test_the_method_names_the_focus(self) -> None:
        assert (
            summarize([LISTED], SummaryOptions(focus="pier")).method
            == "dateline-centroid-mmr/2+focus"
        )
        options = SummaryOptions(focus="pier", summarizer="lexrank")
        assert summarize([LISTED], options).method == "sumy-lexrank+focus"

    @pytest.mark.parametrize("focus", ["", "  ", "?!", "x" * 201])
    def test_a_focus_without_a_word_or_without_end_is_refused(self, focus: str) -> None:
        with pytest.raises(ParameterError) as refused:
            SummaryOptions(focus=focus)
        assert refused.value.parameter == "focus"
