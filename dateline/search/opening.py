"""Opens the reader and the writer that the settings ask for; nothing connects here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.errors import SettingsError

if TYPE_CHECKING:
    from dateline.search.base import Reader, Writer
    from dateline.search.settings import SearchSettings


def open_reader(settings: SearchSettings) -> Reader:
    """A Reader on the engine that the settings name. Raises SettingsError when they name none."""
    _require_engine(settings)
    # late: the client takes longer to import than all the rest, and `--help` needs none of it
    from dateline.search.elastic.reader import ElasticReader  # noqa: PLC0415

    return ElasticReader(settings)


def open_writer(settings: SearchSettings) -> Writer:
    """A Writer on the engine that the settings name. Raises SettingsError when they name none."""
    _require_engine(settings)
    from dateline.search.elastic.writer import ElasticWriter  # noqa: PLC0415  # late, as above

    return ElasticWriter(settings)


def _require_engine(settings: SearchSettings) -> None:
    if settings.elasticsearch_url is None:
        raise SettingsError(
            "DATELINE_ELASTICSEARCH_URL is not set",
            hint="start a server with `make elasticsearch` (or `docker compose up`), "
            "then set DATELINE_ELASTICSEARCH_URL=http://127.0.0.1:9200",
        )
