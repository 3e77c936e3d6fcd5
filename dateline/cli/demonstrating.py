"""What `dateline demo` does: the samples into the embedded engine, then the API over them."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import typer

from dateline import errors
from dateline.cli.faults import kept_interrupts, say
from dateline.cli.options import writing
from dateline.cli.resolving import resolve_after

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.search.settings import SearchSettings

HOST = "127.0.0.1"
WORKERS = 2
"""Processes at most: each loads the model, which takes longer than forty articles."""
DOCS = ("/docs", "every question: unfold Search the archive, press Execute")
EXAMPLES = (
    ("/v1/search?q=miners+-drill", "one word without another"),
    ("/v1/search?person=urzua&place=copiapo", "a person and a place"),
    ("/v1/search?q=%22plan+b%22&facet=person,place", "a phrase; who and where"),
)
"""Searches over the samples that have hits, and what they show."""


def demonstrate(wanted: SearchSettings, port: int | None) -> None:
    """Fill the demo's archive and serve it until told to stop.

    `wanted` may name a server: it is never written to. `port` None means the one of the settings.
    Raises SettingsError when no port is free, SourceError when the samples are not there.
    """
    started = monotonic()
    search = wanted.model_copy(update={"elasticsearch_url": None})
    if wanted.elasticsearch_url is not None:
        say("DATELINE_ELASTICSEARCH_URL is set; the demo leaves that server alone")
    say(f"the demo keeps its archive in the data folder {search.data_dir}")
    with kept_interrupts():
        articles = _fill(search)
    _serve(search, port, lambda url: _announce(url, articles, monotonic() - started))


def find_samples() -> Path:
    """The folder of sample articles: inside the installed package, or beside it in a checkout.

    Raises SourceError when it is at neither place.
    """
    package = Path(str(files("dateline")))
    for folder in (package / "samples", package.parent / "samples"):
        if folder.is_dir():
            return folder
    raise errors.SourceError(
        f"the sample articles are not in {package}", hint="install dateline anew"
    )


def _fill(search: SearchSettings) -> int:
    """Read the samples into the archive; how many articles it holds then."""
    from indexer import running, showing  # noqa: PLC0415 - late
    from indexer.ledger import open_ledger  # noqa: PLC0415 - late
    from indexer.settings import load_settings  # noqa: PLC0415 - late

    settings = load_settings()
    settings = settings.model_copy(update={"workers": min(WORKERS, settings.workers)})
    given = running.Input([find_samples()], running.read_options(None, None, None, "UTC"))
    say("reading the samples; the first time this takes a few seconds")
    with writing(search) as writer, open_ledger(search) as ledger:
        report, refused = running.run_ingest(given, settings, writer, ledger=ledger)
        for line in showing.show_refusals(refused):
            say(line)
        say(showing.show_report(report))
        resolve_after(writer, settings, search)
        return writer.status().articles


def _serve(search: SearchSettings, port: int | None, announce: Callable[[str], None]) -> None:
    from api.serving import open_listener, serve_on  # noqa: PLC0415 - late
    from api.settings import load_api_settings  # noqa: PLC0415 - late

    settings = load_api_settings(host=HOST, port=port)
    with open_listener(settings.host, settings.port) as listener:
        taken = listener.getsockname()[1]
        if settings.port not in {0, taken}:
            say(f"port {settings.port} is taken; this is port {taken}")
        settings = settings.model_copy(update={"port": taken})
        serve_on(listener, settings, search, lambda: announce(f"http://{HOST}:{taken}"))


def _announce(url: str, articles: int, seconds: float) -> None:
    width = max(len(path) for path, _ in EXAMPLES) + len(url)
    shown = [f"  {url + path:<{width}}  {what}" for path, what in (DOCS, *EXAMPLES)]
    typer.echo(
        f"\nReady after {seconds:.1f} s: {articles} sample articles. Open in a browser:\n\n"
        + "\n".join(shown)
        + "\n\nTHE EMBEDDED ENGINE ANSWERS: one machine, no server. A newsroom's archive belongs on"
        "\nElasticsearch: set DATELINE_ELASTICSEARCH_URL, then `dateline ingest`, `dateline serve`."
        "\n\nCtrl-C ends it.\n"
    )
