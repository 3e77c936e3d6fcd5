"""Decisions about names on an engine: applied by a resolve, found in every answer, and undone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from faults.quick import NameFinder, open_inline

from dateline.search.storing import store_document
from indexer import resolving
from indexer.building import Identity
from indexer.identity import find_id, hash_content
from indexer.knowledge.decisions import NOTHING_DECIDED, Decision, Decisions, make_decisions
from indexer.librarian.reviewing import review
from indexer.pipeline import Job, Rules, make_batch
from indexer.resolving import find_knowledge, resolve
from indexer.settings import IndexerSettings
from indexer.sources import SourceOptions
from indexer.sources.texts import read_text
from indexer.versions import pipeline_name

if TYPE_CHECKING:
    from typing import Any

    from contract.archive import Archive

    from dateline.documents import RawArticle

FULL, OTHER, CLERK = "Maren Quillon", "Marten Quillon", "Maren Quillon (clerk)"
SENTENCES = {
    "mole": f"The new mole was opened at noon by {FULL} and Tora Berg before all the town.",
    "boats": f"Nine boats came in and were counted by {OTHER} before Tora Berg had arrived.",
    "storm": f"Nothing was lost in the storm, said {FULL} to the harbour board and its clerks.",
    "court": f"The judge heard {FULL} and Odd Sund for three hours and will rule in the autumn.",
}
MERGE = Decision("person", FULL, OTHER)
SPLIT = Decision("person", CLERK, FULL, beside=("Odd Sund",))


def fill(archive: Archive) -> None:
    """Four articles, as the back door makes them, their evidence beside them."""
    pipeline = pipeline_name(None)
    jobs = []
    for number, (name, sentence) in enumerate(SENTENCES.items()):
        content = f"Of the {name}\n\n{sentence}".encode()
        options = SourceOptions(source=("Post", "Herald")[number % 2])
        article: Any = read_text(content, f"{name}.txt", options, "text/plain")
        jobs.append(Job(article, _identify(article, pipeline, number)))
    made = make_batch(jobs, Rules(100_000), NameFinder())
    documents = [each.document for each in made if each.document]
    assert len(documents) == len(SENTENCES)
    archive.writer.write([each.original for each in made], documents)
    archive.writer.refresh()


def _identify(article: RawArticle, pipeline: str, number: int) -> Identity:
    digest = hash_content(article.original, article.options)
    moment = datetime(2024, 5, 1, 12, number, tzinfo=UTC)
    return Identity(find_id(article), digest, pipeline, moment)


def decide(archive: Archive, *lines: Decision) -> resolving.Resolved:
    done = resolve(archive.writer, IndexerSettings(workers=1), make_decisions(lines))
    assert (done.remade, done.left) == (0, 0)
    return done


def stored(archive: Archive) -> list[dict[str, Any]]:
    return [store_document(each) for each in archive.writer.iter_documents()]


def counts(archive: Archive, **given: Any) -> dict[str, int]:
    facet = archive.facets("person", size=50, **given).facets["person"]
    return {each.value: each.count for each in facet.values}


class DecidedNames:
    @pytest.fixture
    def filled(self, fresh: Archive, monkeypatch: pytest.MonkeyPatch) -> Archive:
        monkeypatch.setattr(resolving, "open_pool", open_inline)
        fill(fresh)
        decide(fresh)
        return fresh

    def test_an_accepted_name_is_one_in_facets_lists_and_questions(self, filled: Archive) -> None:
        assert counts(filled) == {FULL: 3, OTHER: 1, "Tora Berg": 2, "Odd Sund": 1}
        done = decide(filled, MERGE)
        assert (done.rewritten, done.new, done.unmet) == (4, 1, ())
        assert counts(filled) == {FULL: 4, "Tora Berg": 2, "Odd Sund": 1}
        assert counts(filled, prefix="marten") == {FULL: 4}
        assert counts(filled, prefix="quill") == {FULL: 4}
        assert len(filled.ids(person=(FULL,))) == 4

    def test_the_old_name_still_finds_by_text_and_as_a_person(self, filled: Archive) -> None:
        decide(filled, MERGE)
        assert len(filled.ids(f'"{OTHER}"')) == 1
        found = filled.search(person=(OTHER,))
        assert found.total.value == 4
        assert found.resolved["person"][0].names == (FULL,)
        assert len(filled.ids('person:"Marten Quillon"')) == 4

    def test_a_split_takes_the_articles_of_one_company(self, filled: Archive) -> None:
        decide(filled, SPLIT)
        assert counts(filled) == {FULL: 2, CLERK: 1, OTHER: 1, "Tora Berg": 2, "Odd Sund": 1}
        assert len(filled.ids(person=(FULL,))) == 2
        assert len(filled.ids(person=("Quillon",))) == 4

    @pytest.mark.parametrize("lines", [[MERGE], [SPLIT], [MERGE, SPLIT]])
    def test_without_its_line_every_document_is_as_it_was(
        self, filled: Archive, lines: list[Decision]
    ) -> None:
        before = stored(filled)
        decide(filled, *lines)
        assert stored(filled) != before
        done = decide(filled)
        assert done.gone == len(lines)
        assert stored(filled) == before
        assert find_knowledge(filled.writer).decisions == NOTHING_DECIDED
        assert decide(filled).rewritten == 0

    def test_an_indexer_without_a_file_keeps_what_the_archive_has(self, filled: Archive) -> None:
        decide(filled, MERGE)
        settings = IndexerSettings(workers=1)
        done = resolve(filled.writer, settings, None)
        assert (done.rewritten, done.new, done.gone) == (0, 0, 0)
        assert find_knowledge(filled.writer).decisions == Decisions((MERGE,))
        other = make_decisions([SPLIT])
        assert resolve(filled.writer, settings, other).knowledge.decisions == other

    def test_a_review_proposes_and_falls_silent_when_it_was_heard(self, filled: Archive) -> None:
        found = review(filled.writer, ["person"], [], least=1, limit=5)
        assert [each.decision.name for each in found.proposals] == [OTHER]
        assert set(found.titles.values()) <= {f"Of the {name}" for name in SENTENCES}
        assert len(found.titles) == 3
        assert review(filled.writer, ["person"], [MERGE], least=1, limit=5).total == 0
