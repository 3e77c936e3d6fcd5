"""`verify --repair`: each difference by its remedy, from what the archive itself still holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.identity import hash_content
from indexer.pipeline import Rules
from indexer.pool import open_pool
from indexer.reprocessing import remake
from indexer.resolving import find_knowledge
from indexer.verifying import CHUNK
from indexer.versions import pipeline_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dateline.documents import ArticleDocument, Original
    from dateline.search.base import Writer
    from indexer.comparing import Difference, Remedy
    from indexer.ledger import Entry, Ledger
    from indexer.pool import Maker
    from indexer.settings import IndexerSettings


REMEDIES: Mapping[Remedy, str] = {
    "remake": "made again from their originals",
    "remove": "taken out of search",
    "reopen": "noted as pending, to be ingested again",
    "restamp": "damaged and noted as pending, to be ingested again",
    "restate": "settled as the archive says",
}
"""What was done, in words."""


def repair(
    differences: Sequence[Difference],
    writer: Writer,
    ledger: Ledger | None,
    settings: IndexerSettings,
) -> Counter[Remedy]:
    """Apply the remedies; how many differences each was applied to.

    A document without an original is never touched. Raises EngineError, SettingsError.
    """
    maker = open_pool(settings, Rules(settings.max_characters, find_knowledge(writer)))
    try:
        return Repair(writer, ledger, maker, pipeline_name(settings.entity_model)).run(differences)
    finally:
        maker.close()


@dataclass(slots=True)
class Repair:
    """One repair; the maker stays open."""

    writer: Writer
    ledger: Ledger | None
    maker: Maker
    pipeline: str

    def run(self, differences: Sequence[Difference]) -> Counter[Remedy]:
        """Apply the remedies; how many differences each was applied to."""
        for some in _cut(_ids(differences, "remake")):
            self._remake(some)
        for some in _cut(_ids(differences, "restamp")):
            self._restamp(some)
        for some in _cut(_ids(differences, "remove")):
            self.writer.delete(some)
        self._mend_ledger(differences)
        self.writer.refresh()
        return Counter(each.remedy for each in differences if each.remedy != "none")

    def _remake(self, ids: Sequence[str]) -> None:
        originals = list(self.writer.iter_originals(ids))
        made = [each.made for each in remake(originals, self.maker, self.pipeline)]
        # one that today's rules refuse is left: the second look tells of it once more
        whole = [each for each in made if each.document]
        self._write([each.original for each in whole], [e.document for e in whole if e.document])

    def _restamp(self, ids: Sequence[str]) -> None:
        """Say of damaged bytes what they are: then the true ones are news, and are taken in."""
        originals = list(self.writer.iter_originals(ids))
        stamps = {each.id: hash_content(each.content, each.options) for each in originals}
        self._write(
            [replace(each, content_hash=stamps[each.id]) for each in originals],
            [
                replace(each, content_hash=stamps[each.id])
                for each in self.writer.iter_documents(ids)
                if each.id in stamps
            ],
        )
        if self.ledger is not None:
            wrong = [e for e in self.ledger.iter_entries() if e.id in stamps and e.is_held]
            self.ledger.reopen(wrong)

    def _write(self, originals: Sequence[Original], documents: Sequence[ArticleDocument]) -> None:
        if originals:
            self.writer.write(originals, documents)

    def _mend_ledger(self, differences: Sequence[Difference]) -> None:
        if self.ledger is None:
            return
        self.ledger.reopen([e.entry for e in differences if e.entry and e.remedy == "reopen"])
        unsettled: dict[str, list[Entry]] = defaultdict(list)
        for each in differences:
            if each.entry and each.remedy == "restate":
                unsettled[each.id].append(each.entry)
        for some in _cut(sorted(unsettled)):
            for original in self.writer.iter_originals(some):
                for entry in unsettled[original.id]:
                    self._settle(entry, original, self.ledger)

    def _settle(self, entry: Entry, original: Original, ledger: Ledger) -> None:
        if entry.content_hash == original.content_hash:
            ledger.restate(entry, original.outcome, code=original.code, reason=original.reason)


def _ids(differences: Sequence[Difference], remedy: Remedy) -> list[str]:
    return sorted({each.id for each in differences if each.remedy == remedy})


def _cut(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
