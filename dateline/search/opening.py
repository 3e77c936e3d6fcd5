"""Opens the reader and the writer that the settings ask for; nothing connects here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.errors import SettingsError

if TYPE_CHECKING:
    from dateline.search.base import Reader, Writer
    from dateline.search.elastic.keys import EngineKeys
    from dateline.search.settings import SearchSettings


def open_reader(settings: SearchSettings) -> Reader:
    """A Reader on Elasticsearch where the settings name a server, else on the embedded engine."""
    # late: an engine takes longer to import than all the rest, and `--help` needs none of it
    if settings.elasticsearch_url is None:
        from dateline.search.embedded.reader import EmbeddedReader  # noqa: PLC0415

        return EmbeddedReader(settings)
    from dateline.search.elastic.reader import ElasticReader  # noqa: PLC0415

    return ElasticReader(settings)


def open_writer(settings: SearchSettings) -> Writer:
    """A Writer on Elasticsearch where the settings name a server, else on the embedded engine."""
    if settings.elasticsearch_url is None:
        from dateline.search.embedded.writer import EmbeddedWriter  # noqa: PLC0415  # late, as above

        return EmbeddedWriter(settings)
    from dateline.search.elastic.writer import ElasticWriter  # noqa: PLC0415  # late, as above

    return ElasticWriter(settings)


def open_engine_keys(settings: SearchSettings) -> EngineKeys:
    """The keys of the archive at its server. Raises SettingsError where there is no server."""
    if settings.elasticsearch_url is None:
        raise SettingsError(
            "the embedded engine has no keys", hint="set DATELINE_ELASTICSEARCH_URL to a server"
        )
    from dateline.search.elastic.keys import EngineKeys  # noqa: PLC0415  # late, as above

    return EngineKeys(settings)
