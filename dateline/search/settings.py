"""What the search room must be told: flag, then environment `DATELINE_…`, then a TOML file."""

from __future__ import annotations

import os
import re
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from urllib.parse import SplitResult, unquote, urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, TomlConfigSettingsSource

from dateline.errors import SettingsError
from dateline.search.secret_files import read_secret

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_settings import PydanticBaseSettingsSource

CONFIG_VARIABLE = "DATELINE_CONFIG"
DEFAULT_CONFIG = "dateline.toml"
INDEX_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}")
"""What Elasticsearch takes as a name, and short enough for our suffixes."""
SETTING_NAMES = frozenset(
    {
        *("elasticsearch_url", "elasticsearch_url_file", "api_key", "api_key_file", "ca_certs"),
        *("index", "data_dir", "concurrency", "search_timeout", "replicas"),
        *("host", "port", "api_keys_file", "without_keys", "allowed_hosts", "cors_origins"),
        *("workers", "entity_model", "article_deadline", "max_characters", "names_file"),
    }
)
"""Those of all rooms: one file speaks to all, and a misspelt name in it must not pass unseen."""
_SECRETS = ("elasticsearch_url", "api_key")
"""Settings that may lie in a file of their own."""
_MAY_BE_BLANK = {"ca_certs", *_SECRETS, *(f"{name}_file" for name in _SECRETS)}


def find_config_file() -> Path | None:
    """The TOML file in force: what `DATELINE_CONFIG` names, else `dateline.toml` here, else none.

    Raises SettingsError when the named file is not there.
    """
    named = os.environ.get(CONFIG_VARIABLE)
    path = Path(named or DEFAULT_CONFIG)
    if path.is_file():
        return path
    if named:
        raise SettingsError(
            f"there is no settings file {named}",
            hint=f"create it, or correct --config or {CONFIG_VARIABLE}",
        )
    return None


def use_config_file(path: Path) -> None:
    """Put a TOML file in force for all settings of this process (`--config`)."""
    os.environ[CONFIG_VARIABLE] = str(path)


def check_names(path: Path) -> None:
    """Raises SettingsError at a name that is no setting, ValueError if the file is no TOML."""
    for name in tomllib.loads(path.read_text("utf-8")):
        if name not in SETTING_NAMES:
            bare = name.casefold().removeprefix("dateline_")
            near = get_close_matches(bare, SETTING_NAMES, n=1) or [", ".join(sorted(SETTING_NAMES))]
            raise SettingsError(
                f"{path} sets {name}, which is no setting", hint=f"known: {near[0]}"
            )


class LayeredSettings(BaseSettings):
    """Settings by flag, environment `DATELINE_…`, TOML file: the first that speaks wins.

    Each room adds its own fields; none of them is shown in an error.
    """

    model_config = SettingsConfigDict(
        env_prefix="DATELINE_", frozen=True, extra="ignore", hide_input_in_errors=True
    )

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
        if config:
            check_names(config)
        toml = (TomlConfigSettingsSource(settings_cls, config),) if config else ()
        return (init_settings, env_settings, *toml)


Layered = TypeVar("Layered", bound=LayeredSettings)


def load_layered(kind: type[Layered], flags: Mapping[str, Any]) -> Layered:
    """Settings from all three places; a flag that is None counts as not given.

    Raises SettingsError, which names the setting and never its value.
    """
    try:
        return kind(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        raise SettingsError(_describe(error), hint="correct the flag, variable or file") from None
    except (OSError, ValueError) as error:  # an unreadable file, or one that is no TOML
        path = os.environ.get(CONFIG_VARIABLE) or DEFAULT_CONFIG
        raise SettingsError(f"the settings file {path} cannot be read: {error}") from error


def _describe(error: ValidationError) -> str:
    faults = error.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(
        f"DATELINE_{'_'.join(str(part) for part in fault['loc']).upper()}: "
        + fault["msg"].removeprefix("Value error, ")
        for fault in faults
    )


class SearchSettings(LayeredSettings):
    """Where the archive lies and how hard it may be asked. Times in seconds.

    A `…_file` names a file that holds the setting of that name.
    """

    elasticsearch_url: SecretStr | None = None
    elasticsearch_url_file: Path | None = None
    api_key: SecretStr | None = None
    api_key_file: Path | None = None
    ca_certs: Path | None = None
    index: str = "articles"
    data_dir: Path = Path(".dateline")
    concurrency: Annotated[int, Field(ge=1, le=1024)] = 32
    search_timeout: Annotated[float, Field(gt=0, le=60)] = 2.0
    replicas: Annotated[int, Field(ge=0, le=10)] | None = None
    """Copies of each index that is made; None: none, and after a rebuild as many as before."""

    @model_validator(mode="before")
    @classmethod
    def _read_secrets(cls, given: dict[str, Any]) -> dict[str, Any]:
        """A secret's file gives the secret; of both, what is blank counts as not set."""
        said = {
            name: value
            for name, value in given.items()
            if not (name in _MAY_BE_BLANK and _is_blank(value))
        }
        for name in _SECRETS:
            if f"{name}_file" in said:
                said[name] = _read_apart(name, said)
        return said

    @field_validator("elasticsearch_url")
    @classmethod
    def _check_urls(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        urls = _split_urls(value)
        for url in urls or [urlsplit("")]:  # commas alone are no server
            if url.scheme not in {"http", "https"} or not url.hostname:
                raise ValueError("write it as http://host:9200 or https://host:9200")
            _ = url.port  # raises ValueError on a port that is no number
        if len({url.scheme for url in urls}) > 1:
            raise ValueError("write http or https for all of them")
        return value

    @field_validator("ca_certs")
    @classmethod
    def _check_authority(cls, value: Path | None) -> Path | None:
        if value is not None:
            import ssl  # noqa: PLC0415 - late: most archives need none of it

            try:
                ssl.create_default_context(cafile=str(value))
            except OSError as error:  # one of ssl's own, too
                why = error.strerror or "no certificate"
                raise ValueError(f"{value} is no file of certificates in PEM: {why}") from None
        return value

    @field_validator("index")
    @classmethod
    def _check_index(cls, value: str) -> str:
        if not INDEX_NAME.fullmatch(value):
            raise ValueError("use lower-case letters, digits, '-', '_' and '.', at most 100")
        return value

    @property
    def originals(self) -> str:
        """The alias of the originals."""
        return f"{self.index}-originals"

    @property
    def hosts(self) -> tuple[str, ...]:
        """The server's URLs without user and password: fit for messages and logs."""
        if self.elasticsearch_url is None:
            return ()
        return tuple(_without_credentials(url) for url in _split_urls(self.elasticsearch_url))

    @property
    def credentials(self) -> tuple[str, str] | None:
        """User and password of the first URL that carries them."""
        for url in _split_urls(self.elasticsearch_url) if self.elasticsearch_url else ():
            if url.username is not None:
                return unquote(url.username), unquote(url.password or "")
        return None


def _read_apart(name: str, said: Mapping[str, Any]) -> str:
    setting = f"DATELINE_{name.upper()}"
    if name in said:
        raise SettingsError(f"{setting} and {setting}_FILE are both set", hint="unset one of them")
    return read_secret(Path(said[f"{name}_file"]), f"{setting}_FILE")


def _is_blank(value: object) -> bool:
    shown = value.get_secret_value() if isinstance(value, SecretStr) else value
    return shown is None or (isinstance(shown, str) and not shown.strip())


def _split_urls(urls: SecretStr) -> list[SplitResult]:
    return [urlsplit(part.strip()) for part in urls.get_secret_value().split(",") if part.strip()]


def _without_credentials(url: SplitResult) -> str:
    host = f"[{url.hostname}]" if ":" in (url.hostname or "") else url.hostname
    port = url.port or (443 if url.scheme == "https" else 9200)
    return f"{url.scheme}://{host}:{port}{url.path.rstrip('/')}"


def load_settings(**flags: Any) -> SearchSettings:
    """Settings of this room from all three places. Raises SettingsError."""
    told = {name for name in _SECRETS if flags.get(name) is not None}
    return load_layered(SearchSettings, {f"{name}_file": "" for name in told} | flags)
