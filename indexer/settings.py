"""What the back door must be told: flag, then environment `DATELINE_…`, then a TOML file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, TomlConfigSettingsSource

from dateline.errors import SettingsError
from dateline.search.settings import find_config_file

if TYPE_CHECKING:
    from pydantic_settings import PydanticBaseSettingsSource


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class IndexerSettings(BaseSettings):
    """How articles are read and how hard the machine is worked."""

    model_config = SettingsConfigDict(
        env_prefix="DATELINE_", frozen=True, extra="ignore", hide_input_in_errors=True
    )

    workers: Annotated[int, Field(ge=1, le=256, default_factory=_cores)]
    entity_model: str | None = None
    article_deadline: Annotated[float, Field(gt=0, le=3600)] = 60.0
    """Seconds after which a worker stuck in one article is ended, and the article refused."""
    max_characters: Annotated[int, Field(ge=1_000, le=1_000_000)] = 100_000
    """A longer text is refused: 17,000 words take the model 3 s and 0.4 GB, more take more."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # the signature is pydantic's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # likewise
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flag, environment, TOML: the first that speaks wins."""
        config = find_config_file()
        toml = (TomlConfigSettingsSource(settings_cls, config),) if config else ()
        return (init_settings, env_settings, *toml)


def load_settings(**flags: Any) -> IndexerSettings:
    """Settings from all three places; a flag that is None counts as not given.

    Raises SettingsError, which names the setting.
    """
    given = {name: value for name, value in flags.items() if value is not None}
    try:
        return IndexerSettings(**given)
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False, include_context=False)[0]
        name = "_".join(str(part) for part in fault["loc"]).upper()
        raise SettingsError(
            f"DATELINE_{name}: {fault['msg']}", hint="correct the flag, variable or file"
        ) from None
    except (OSError, ValueError) as error:  # an unreadable file, or one that is no TOML
        raise SettingsError(f"the settings file cannot be read: {error}") from error


def use_one_thread() -> None:
    """Keep the numerical libraries of a worker process to its own core; call before numpy loads."""
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
