"""What the front door must be told: flag, then environment `DATELINE_…`, then a TOML file."""

import re
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator
from pydantic_settings import NoDecode

from dateline.errors import SettingsError
from dateline.search.settings import LayeredSettings, load_layered

_HOST = re.compile(r"(\*|(\*\.)?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?|\[[0-9A-Fa-f:.]+\])")


class ApiSettings(LayeredSettings):
    """Where the API listens, who may come in, and under which names it is asked.

    `host` is this machine only unless told otherwise. `api_keys_file` names the file of keys;
    `without_keys` lets everybody in who can reach it. Lists take commas: `allowed_hosts` such as
    `archive.desk.example,*.lab.example`, `cors_origins` (web pages of other hosts that may ask)
    such as `https://desk.example,https://lab.example`; both are empty at first.
    """

    host: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8000
    api_keys_file: Path | None = None
    without_keys: bool = False
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ()

    @field_validator("api_keys_file", "without_keys", mode="before")
    @classmethod
    def _ignore_blank(cls, value: Any, field: ValidationInfo) -> Any:
        if isinstance(value, str) and not value.strip():
            return cls.model_fields[field.field_name or ""].default
        return value

    @field_validator("allowed_hosts", "cors_origins", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("allowed_hosts")
    @classmethod
    def _check_hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for each in value:
            if not _HOST.fullmatch(each):
                raise ValueError("write names without port, such as archive.desk.example,*.lab.eu")
        return tuple(each.casefold().rstrip(".") for each in value)

    @model_validator(mode="after")
    def _check_doors(self) -> Self:
        if self.without_keys and self.api_keys_file is not None:
            raise SettingsError(
                "DATELINE_API_KEYS_FILE and DATELINE_WITHOUT_KEYS contradict each other",
                hint="unset one of them",
            )
        return self


def load_api_settings(**flags: Any) -> ApiSettings:
    """Settings of this room from all three places. Raises SettingsError."""
    return load_layered(ApiSettings, flags)
