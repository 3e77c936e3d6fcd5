"""What is known, applied to one article: lines go, names become canonical, the group is told."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING

from dateline.documents import Span
from dateline.text.headlines import title_from_body
from dateline.text.spans import cut, join
from dateline.text.truncation import is_truncated
from indexer.knowledge.marks import hash_line
from indexer.knowledge.names import alias_key
from indexer.knowledge.naming import open_naming
from indexer.knowledge.values import NAMED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.documents import (
        ArticleDocument,
        CleanArticle,
        Entities,
        EntityKind,
        Mention,
        TracedText,
    )
    from indexer.knowledge.naming import FindName, Rulings
    from indexer.knowledge.values import Facts, Knowledge

_START = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Shortened:
    """An article without the lines that its source repeats.

    `kept` are the stretches of the text before that stay, `starts` where they begin now.
    """

    clean: CleanArticle
    kept: tuple[Span, ...]
    starts: tuple[int, ...]


def drop_lines(clean: CleanArticle, repeated: frozenset[int]) -> Shortened | None:
    """The article without these lines of its body; None where it has none of them.

    An article of which nothing would be left keeps them all.
    """
    if not repeated:
        return None
    spans = list(_iter_lines(clean))
    kept = [span for span in spans if _hash(clean, span) not in repeated]
    if not kept or len(kept) == len(spans):
        return None
    lines = [cut(clean.text, span.start, span.end) for span in kept]
    truncated = clean.truncated if kept[-1] == spans[-1] else is_truncated(lines)
    shorter = _rebuild(clean, lines, truncated=truncated)
    head = Span(0, clean.body_start)
    starts = accumulate((span.end - span.start + 1 for span in kept[:-1]), initial=head.end)
    return Shortened(shorter, (head, *kept), (0, *starts))


def _iter_lines(clean: CleanArticle) -> Iterator[Span]:
    position = clean.body_start
    for line in clean.text.text[position:].split("\n"):
        yield Span(position, position + len(line))
        position += len(line) + 1


def _hash(clean: CleanArticle, span: Span) -> int | None:
    return hash_line(clean.text.text[span.start : span.end])


def _rebuild(clean: CleanArticle, lines: Sequence[TracedText], *, truncated: bool) -> CleanArticle:
    body = join(lines)
    if clean.title_source == "body":
        title = title_from_body(body.text)
        return replace(clean, title=title, text=body, truncated=truncated)
    head = cut(clean.text, 0, clean.body_start)
    return replace(clean, text=join([head, body], ""), truncated=truncated)


def keep_entities(entities: Entities, shortened: Shortened) -> Entities:
    """The names that still stand in the text, each where it stands now."""
    moved = (_move(mention, shortened) for mention in entities.mentions)
    mentions = tuple(mention for mention in moved if mention is not None)
    named = {(mention.kind, mention.name) for mention in mentions}
    return replace(
        entities,
        people=tuple(name for name in entities.people if ("person", name) in named),
        places=tuple(place for place in entities.places if ("place", place.name) in named),
        organisations=tuple(
            name for name in entities.organisations if ("organisation", name) in named
        ),
        mentions=mentions,
    )


def _move(mention: Mention, shortened: Shortened) -> Mention | None:
    """Where a mention stands in the shorter text; None if it is not whole there any more."""
    index = bisect_right(shortened.kept, mention.start, key=_START) - 1
    span = shortened.kept[index]
    if mention.end > span.end:
        return None
    start = shortened.starts[index] + mention.start - span.start
    return replace(mention, start=start, end=start + mention.end - mention.start)


def name_entities(entities: Entities, find_name: FindName) -> Entities:
    """The entities under the names that they go by."""
    return replace(
        entities,
        people=_rename_all(entities.people, "person", find_name),
        organisations=_rename_all(entities.organisations, "organisation", find_name),
        mentions=tuple(_rename(mention, mention.name, find_name) for mention in entities.mentions),
    )


def rename_document(
    document: ArticleDocument, facts: Facts, knowledge: Knowledge
) -> ArticleDocument | None:
    """A document under the names and in the group that are known now, whatever was known before.

    `facts` tell which spellings are the article's own. None where they do not fit the document:
    then it must be made again.
    """
    owned = _find_own(document, facts)
    if owned is None:
        return None
    naming = open_naming(knowledge, facts.source, facts.names)
    named = {(each.kind, own) for each, own in zip(document.mentions, owned, strict=True)}
    people, organisations = (
        _rename_all([n for n in facts.names[kind] if (kind, n) in named], kind, naming.find_name)
        for kind in NAMED
    )
    mentions = zip(document.mentions, owned, strict=True)
    renamed = replace(
        document,
        people=people,
        organisations=organisations,
        mentions=tuple(_rename(each, own, naming.find_name) for each, own in mentions),
        reprint_group=knowledge.groups.get(document.id),
    )
    return key_names(renamed, naming.rulings)


def key_names(document: ArticleDocument, rulings: Rulings) -> ArticleDocument:
    """The document with the keys under which its people and organisations are found."""
    return replace(
        document,
        people_keys=tuple(rulings.key_name("person", name) for name in document.people),
        organisations_keys=tuple(
            rulings.key_name("organisation", name) for name in document.organisations
        ),
    )


def _find_own(document: ArticleDocument, facts: Facts) -> list[str] | None:
    """What the article itself calls each of its mentions; None where it cannot be told.

    A document of before mentions had an `own` was renamed in print alone.
    """
    known: dict[tuple[EntityKind, str], str] = {}
    for kind in NAMED:
        known |= {(kind, alias_key(kind, name)): name for name in facts.names[kind]}
        known |= {(kind, name): name for name in facts.names[kind]}

    def find(kind: EntityKind, name: str) -> str:
        if kind not in NAMED:
            return name
        return known[kind, name] if (kind, name) in known else known[kind, alias_key(kind, name)]

    listed = {"person": document.people, "organisation": document.organisations}
    try:
        for kind in NAMED:
            named = {each.name for each in document.mentions if each.kind == kind}
            if not named.issuperset(listed[kind]):
                return None
        return [find(each.kind, each.own or each.name) for each in document.mentions]
    except KeyError:
        return None


def _rename_all(names: Sequence[str], kind: EntityKind, find_name: FindName) -> tuple[str, ...]:
    return tuple(dict.fromkeys(find_name(kind, name) for name in names))


def _rename(mention: Mention, own: str, find_name: FindName) -> Mention:
    """The mention under the name that its own one goes by; places keep theirs."""
    if mention.kind not in NAMED:
        return mention
    name = find_name(mention.kind, own)
    if name == own == mention.name and not mention.own:
        return mention
    return replace(mention, name=name, own="" if own == name else own)


def find_dropped(facts: Facts, knowledge: Knowledge) -> list[int]:
    """The hashes of the lines that this article is to lose, in order; see `drop_lines`."""
    repeated = knowledge.find_lines(facts.source)
    dropped = [each for each in facts.lines.tolist() if each in repeated] if repeated else []
    return dropped if len(dropped) < facts.line_count else []


def has_its_lines(document: ArticleDocument, facts: Facts, dropped: Sequence[int]) -> bool:
    """Whether the stored text has just the lines that it is to have now."""
    body = document.text[document.body_start :]
    if not dropped and body.count("\n") + 1 == facts.line_count:
        return True
    wanted = [each for each in facts.lines.tolist() if each not in set(dropped)]
    hashes = (hash_line(line) for line in body.split("\n"))
    return [each for each in hashes if each is not None] == wanted
