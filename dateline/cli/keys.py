"""The commands that let people in and out: API keys of the service, keys of the server."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline import errors
from dateline.cli.engine_keys import engine_keys
from dateline.cli.faults import plain_faults, say
from dateline.cli.options import AsJson, Config, print_json

if TYPE_CHECKING:
    from api.keys import ApiKey


class KeyRole(StrEnum):
    """What an API key may be for, as the option spells it."""

    READ = "read"
    INGEST = "ingest"


keys = typer.Typer(no_args_is_help=True, help="Keys of the service, and keys of its server.")
keys.add_typer(engine_keys, name="elasticsearch")

Name = Annotated[str, typer.Argument(metavar="NAME", help="Whose key; shown in logs.")]
File = Annotated[
    Path | None, typer.Option("--file", help="The file of keys (DATELINE_API_KEYS_FILE).")
]


@keys.command()
def add(
    name: Name,
    role: Annotated[
        list[KeyRole],
        typer.Option(help="What the key is for; may be given twice."),
    ],
    file: File = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Make an API key.

    Its token is shown this once, the file keeps a hash. read: every question at /v1. ingest:
    handing articles in, for a later version; it reads nothing.

    \b
    Example: dateline keys add newsdesk --role read --file keys.txt
    """
    with plain_faults():
        from api.keys import add_key  # noqa: PLC0415 - late

        path = _find_file(file, config)
        roles = {each.value for each in role}
        token = add_key(path, name, roles)
        if as_json:
            print_json({"name": name, "roles": sorted(roles), "token": token})
        else:
            typer.echo(token)
        say(f"{name} is in {path}; its token is not shown again, send it as Authorization: Bearer")
        if file is not None:
            say(f"a service that asks for these keys: DATELINE_API_KEYS_FILE={path} dateline serve")


@keys.command("list")
def list_keys(file: File = None, config: Config = None, as_json: AsJson = False) -> None:
    """Show whose API keys there are, never a token.

    \b
    Example: dateline keys list
    """
    with plain_faults():
        from api.keys import read_keys  # noqa: PLC0415 - late

        shown = [_describe(key) for key in read_keys(_find_file(file, config)).values()]
        if as_json:
            print_json(shown)
            return
        for each in shown:
            typer.echo(f"{each['name']}  {', '.join(each['roles'])}  since {each['created']}")


@keys.command()
def revoke(name: Name, file: File = None, config: Config = None, as_json: AsJson = False) -> None:
    """Take an API key out of force.

    A running service knows it within a second.

    \b
    Example: dateline keys revoke newsdesk
    """
    with plain_faults():
        from api.keys import revoke_key  # noqa: PLC0415 - late

        revoke_key(_find_file(file, config), name)
        print_json({"name": name, "revoked": 1}) if as_json else typer.echo(f"{name} is revoked")


def _find_file(file: Path | None, config: Path | None) -> Path:
    from api.settings import load_api_settings  # noqa: PLC0415 - late
    from dateline.search.settings import use_config_file  # noqa: PLC0415 - late

    if file is not None:
        return file
    if config is not None:
        use_config_file(config)
    named = load_api_settings().api_keys_file
    if named is None:
        raise errors.SettingsError(
            "no file of keys is named", hint="give --file keys.txt, or set DATELINE_API_KEYS_FILE"
        )
    return named


def _describe(key: ApiKey) -> dict[str, Any]:
    return {"name": key.name, "roles": sorted(key.roles), "created": key.created.isoformat()}
