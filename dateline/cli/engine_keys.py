"""The commands that make and revoke the keys with which ours ask Elasticsearch."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from dateline import errors
from dateline.cli.faults import plain_faults, say
from dateline.cli.options import AsJson, Config, Index, Url, print_json, read_settings

if TYPE_CHECKING:
    from dateline.search.elastic.keys import EngineKey, EngineKeys

engine_keys = typer.Typer(
    no_args_is_help=True, help="Keys of Elasticsearch: the rights that a command needs."
)
Name = Annotated[str, typer.Argument(metavar="NAME", help="Whose key.")]
Role = Annotated[
    Literal["reader", "writer", "rebuilder"], typer.Option(help="What the key is for.")
]
Expires = Annotated[str | None, typer.Option(help="Its life: 90d, 12h (no end).")]
To = Annotated[
    Path | None,
    typer.Option(
        "--to", help="Put the key into this file; one that serves and is there already is kept."
    ),
]


@engine_keys.command()
def add(  # noqa: PLR0913, PLR0917 - each is an option of the command
    name: Name,
    role: Role,
    expires: Expires = None,
    to: To = None,
    renew: Annotated[
        bool, typer.Option("--renew", help="Revoke keys of this name once the new one is there.")
    ] = False,
    elasticsearch_url: Url = None,
    index: Index = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Make a key of the server for one archive.

    It is shown this once (DATELINE_API_KEY). reader: serve. writer: ingest, verify, withdraw,
    resolve; makes the archive. rebuilder: rebuild, reprocess and rollback too.
    User and password in force must be of one who may manage keys.

    \b
    Example: dateline keys elasticsearch add api --role reader --to api.key
    """
    with plain_faults():
        from dateline.search.opening import open_engine_keys  # noqa: PLC0415 - late

        settings = read_settings(config, elasticsearch_url=elasticsearch_url, index=index)
        with closing(open_engine_keys(settings)) as office:
            if to is not None and _still_serves(office, to, role):
                say(f"{to} holds a key that serves a {role} of {settings.index}: kept")
                return
            encoded = office.add(name, role, expires, renew=renew)
            if to is None:
                _show(encoded, name, role, as_json=as_json)
            else:
                _put(office, encoded, name, to)
            if renew and office.revoke_others(name, encoded):
                say(f"the key {name} of before is revoked")


@engine_keys.command("list")
def list_keys(
    elasticsearch_url: Url = None,
    index: Index = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Show the keys of this archive that are in force, never a secret.

    \b
    Example: dateline keys elasticsearch list
    """
    with plain_faults():
        from dateline.search.opening import open_engine_keys  # noqa: PLC0415 - late

        settings = read_settings(config, elasticsearch_url=elasticsearch_url, index=index)
        with closing(open_engine_keys(settings)) as office:
            shown = [_describe(key) for key in office.listed()]
        if as_json:
            print_json(shown)
            return
        for each in shown:
            until = f", until {each['expires']}" if each["expires"] else ""
            typer.echo(f"{each['name']}  {each['role']}  since {each['created']}{until}")


@engine_keys.command()
def revoke(
    name: Name,
    elasticsearch_url: Url = None,
    index: Index = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Take a key of the server out of force at once.

    \b
    Example: dateline keys elasticsearch revoke api
    """
    with plain_faults():
        from dateline.search.opening import open_engine_keys  # noqa: PLC0415 - late

        settings = read_settings(config, elasticsearch_url=elasticsearch_url, index=index)
        with closing(open_engine_keys(settings)) as office:
            revoked = office.revoke(name)
        if as_json:
            print_json({"name": name, "revoked": revoked})
        else:
            typer.echo(f"{name} is revoked")


def _still_serves(office: EngineKeys, to: Path, role: Any) -> bool:
    from dateline.search.secret_files import read_secret  # noqa: PLC0415 - late

    return to.exists() and to.stat().st_size > 0 and office.serves(read_secret(to, "--to"), role)


def _put(office: EngineKeys, encoded: str, name: str, to: Path) -> None:
    """A key that finds no place is of no use to anybody: it is revoked again."""
    from dateline.search.secret_files import write_secret  # noqa: PLC0415 - late

    try:
        write_secret(to, f"{encoded}\n")
    except errors.SettingsError:
        office.discard(encoded)
        raise
    say(f"the key {name} is in {to}: DATELINE_API_KEY_FILE={to}")


def _show(encoded: str, name: str, role: str, *, as_json: bool) -> None:
    print_json({"name": name, "role": role, "key": encoded}) if as_json else typer.echo(encoded)
    say(f"the key {name}, a {role}, is not shown again: DATELINE_API_KEY")


def _describe(key: EngineKey) -> dict[str, Any]:
    moments = {"created": key.created, "expires": key.expires}
    shown = {
        name: moment.isoformat(timespec="seconds") if moment else None
        for name, moment in moments.items()
    }
    return {"name": key.name, "role": key.role, **shown}
