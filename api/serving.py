"""Runs the API on uvicorn."""

import errno
import signal
import socket
from collections.abc import Callable
from typing import Any

import uvicorn

from api.app import create_app
from api.doors import check_open
from api.settings import ApiSettings
from dateline.errors import SettingsError
from dateline.search.settings import SearchSettings

_TRIED = 20
"""Ports that are tried one after the other."""
_LAST_PORT = 65_535
_LAST_ANSWERS = 8
"""Seconds that requests under way have once we are told to stop."""
_OPTIONS: dict[str, Any] = {
    "http": "httptools",
    "server_header": False,
    "timeout_graceful_shutdown": _LAST_ANSWERS,
}


def serve(settings: ApiSettings, search_settings: SearchSettings | None = None) -> None:
    """Answer until told to stop; logs requests without their query.

    Raises SettingsError, also where others could come in unasked, or nothing can listen.
    """
    check_open(settings, settings.host)
    app = create_app(settings, search_settings=search_settings)
    # uvicorn ends in good order and then passes the signal on, to end us by it: no need
    before = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        uvicorn.run(app, host=settings.host, port=settings.port, **_OPTIONS)
    except SystemExit:  # uvicorn's, after it has logged why; its code is one of ours for articles
        raise SettingsError(
            f"the service cannot listen at {settings.host}, port {settings.port}",
            hint="where the port is taken give another --port, else correct DATELINE_HOST",
        ) from None
    finally:
        signal.signal(signal.SIGTERM, before)


def open_listener(host: str, port: int) -> socket.socket:
    """A socket that listens at the first free one of 20 ports from `port` on.

    Raises SettingsError when none is free, or `host` is no address of this machine.
    """
    last = min(port + _TRIED - 1, _LAST_PORT)
    for number in range(port, last + 1):
        try:
            return socket.create_server((host, number))
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise SettingsError(
                    f"nothing can listen at {host}: {error}", hint="correct DATELINE_HOST"
                ) from error
    raise SettingsError(
        f"no port from {port} to {last} is free at {host}", hint="give another --port"
    )


def serve_on(
    listener: socket.socket,
    settings: ApiSettings,
    search_settings: SearchSettings,
    announce: Callable[[], None],
) -> None:
    """Answer at a listening socket until told to stop; `announce` is called once it does.

    Raises SettingsError, as `serve` does.
    """
    check_open(settings, str(listener.getsockname()[0]))
    app = create_app(settings, search_settings=search_settings)
    try:
        _Announcing(uvicorn.Config(app, **_OPTIONS), announce).run(sockets=[listener])
    except KeyboardInterrupt:  # uvicorn has ended in good order and passes the signal on
        return


class _Announcing(uvicorn.Server):
    """Says so once it answers."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        if self.started:
            self._announce()
