"""The librarian's command: what might be decided about names, with evidence."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline import errors
from dateline.cli import options
from dateline.cli.faults import kept_interrupts, plain_faults, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dateline.search.base import Writer
    from indexer.knowledge.decisions import Decision
    from indexer.librarian.files import NamesFile
    from indexer.librarian.reviewing import Review


class NameKind(StrEnum):
    """Whose names, as the option spells it."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"


names = typer.Typer(no_args_is_help=True, help="What a person decides about names.")
names.callback()(lambda: None)  # one command alone would stand in the place of `names`


@names.command()
def review(  # noqa: PLR0913, PLR0917 - each is an option of the command
    kind: Annotated[
        NameKind | None, typer.Option(help="Names of this kind alone.", case_sensitive=False)
    ] = None,
    least: Annotated[
        int, typer.Option(min=1, help="Articles that a name stands in, at least.")
    ] = 1,
    limit: Annotated[int, typer.Option(min=1, help="Proposals, the best first.")] = 20,
    write: Annotated[
        bool, typer.Option("--write", help="Add them to the file, each as open.")
    ] = False,
    names: options.NamesOption = None,
    elasticsearch_url: options.Url = None,
    index: options.Index = None,
    config: options.Config = None,
    as_json: options.AsJson = False,
) -> None:
    """Propose which names are one, and which are two.

    With what speaks for it. Each comes as a line for the file of names: change "open" to "accepted"
    or "rejected", and `dateline resolve` does it; what is rejected is not proposed again. Taking a
    line out undoes it.

    \b
    Example: dateline names review --kind person --least 3
    Example: dateline names review --write --names names.toml
    """
    with plain_faults(), kept_interrupts():
        if kind is NameKind.PLACE:
            raise errors.SettingsError(
                "places are not joined by name: each has an id, a country and a point of its own",
                hint="give --kind person or --kind organisation",
            )
        from indexer.knowledge.values import NAMED  # noqa: PLC0415 - late
        from indexer.librarian import reviewing, showing  # noqa: PLC0415 - late

        search = options.read_settings(config, elasticsearch_url=elasticsearch_url, index=index)
        file = _open_file(names, search.data_dir, begin=write)
        kinds = [each for each in NAMED if kind is None or kind.value == each]
        with options.taking_turn(search) as writer:
            decided = _find_decided(file, writer)
            found = reviewing.review(writer, kinds, decided, least, limit)
        if write:  # she may have written into it while the archive was walked
            file = _open_file(names, search.data_dir, begin=True)
        written = _write(file, found, decided) if write else None
        _tell(showing, found, as_json=as_json)
        say(showing.count_review(found, written))
        if written:
            say(f"they are in {file.path}: change open to accepted or rejected, then resolve")


def _open_file(named: Path | None, data_dir: Path, *, begin: bool) -> NamesFile:
    """The file of names; an empty one where there is none yet. Raises SettingsError."""
    from indexer.librarian.files import DEFAULT_NAME, NamesFile, find_names_file  # noqa: PLC0415 - late
    from indexer.settings import load_settings  # noqa: PLC0415 - late

    path = load_settings(names_file=named).names_file
    if begin and path is not None and not path.exists():
        return NamesFile(path, "")
    return find_names_file(path, data_dir) or NamesFile(data_dir / DEFAULT_NAME, "")


def _find_decided(file: NamesFile, writer: Writer) -> Sequence[Decision]:
    """What the file says; where none is begun what the archive keeps, which is in force then."""
    from indexer.resolving import find_knowledge  # noqa: PLC0415 - late

    if file.path.exists():
        return [each.decision for each in file.lines]
    return find_knowledge(writer).decisions.all


def _write(file: NamesFile, found: Review, decided: Sequence[Decision]) -> int:
    """Add the proposals that the file does not have yet; how many.

    A file that is begun takes over what is decided: it speaks alone from then on.
    """
    from indexer.librarian.files import append_lines  # noqa: PLC0415 - late
    from indexer.librarian.lines import render_line  # noqa: PLC0415 - late
    from indexer.librarian.showing import show_why  # noqa: PLC0415 - late

    there = {each.decision for each in file.lines}
    new = [each for each in found.proposals if each.decision not in there]
    if new:
        taken = () if file.path.exists() else decided
        lines = [render_line(each.decision, show_why(each)) for each in new]
        append_lines(file.path, file.text, [*map(render_line, taken), *lines])
        if taken:
            say(f"decisions that the archive keeps are in it too: {len(taken):,}")
    return len(new)


def _tell(showing: Any, found: Review, *, as_json: bool) -> None:
    if as_json:
        options.print_json(showing.describe_review(found))
        return
    for line in showing.show_review(found):
        typer.echo(line)
