"""What the back door must be told: flag, then environment `DATELINE_…`, then a TOML file."""

from __future__ import annotations

import os
from pathlib import Path  # noqa: TC003 - pydantic reads it from the annotation
from typing import Annotated, Any

from pydantic import Field, field_validator

from dateline.search.settings import LayeredSettings, load_layered


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class IndexerSettings(LayeredSettings):
    """How articles are read and how hard the machine is worked."""

    names_file: Path | None = None
    """Decisions about names; None: `names.toml` in the data folder, if it is there."""
    workers: Annotated[int, Field(ge=1, le=256, default_factory=_cores)]
    entity_model: str | None = None
    article_deadline: Annotated[float, Field(gt=0, le=3600)] = 60.0
    """Seconds after which a worker stuck in one article is ended, and the article refused."""
    max_characters: Annotated[int, Field(ge=1_000, le=1_000_000)] = 100_000
    """A longer text is refused: 17,000 words take the model 3 s and 0.4 GB, more take more."""

    @field_validator("names_file", mode="before")
    @classmethod
    def _read_blank(cls, value: object) -> object:
        """A blank one, as a compose file hands it on, counts as not set."""
        return None if isinstance(value, str) and not value.strip() else value


def load_settings(**flags: Any) -> IndexerSettings:
    """Settings of this room from all three places. Raises SettingsError."""
    return load_layered(IndexerSettings, flags)


def use_one_thread() -> None:
    """Keep the numerical libraries of a worker process to its own core; call before numpy loads."""
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
