"""Who may ask a server that asks for a password, and whom the client must trust."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
import ssl
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING

from elasticsearch_server.certificates import Authority, issue, make_authority

if TYPE_CHECKING:
    from pathlib import Path

USER = "dateline"
FOLDER = "security"
ROUNDS = 10_000  # as the server's own pbkdf2; the password is random and long
SETTINGS = (
    "xpack.security.enabled: true",
    "xpack.security.autoconfiguration.enabled: false",
    "xpack.security.enrollment.enabled: false",
    "xpack.security.http.ssl.enabled: true",
    "xpack.security.http.ssl.key: http.key",
    "xpack.security.http.ssl.certificate: http.crt",
    "resource.reload.interval.high: 1s",  # a new certificate is taken within a second
)


@dataclass(frozen=True, slots=True)
class Access:
    """The first user of a server with security on, and the authority behind its certificate."""

    folder: Path

    @property
    def authority(self) -> Authority:
        """Whom to trust, and what signs."""
        return Authority(self.folder / "ca.crt", self.folder / "ca.key")

    @property
    def password_file(self) -> Path:
        """A file that its owner alone may read."""
        return self.folder / "password"

    def headers(self) -> dict[str, str]:
        """What a request carries to be let in."""
        token = base64.b64encode(f"{USER}:{self.password_file.read_text('ascii')}".encode())
        return {"Authorization": f"Basic {token.decode()}"}

    def opener(self) -> urllib.request.OpenerDirector:
        """Opens https on our own authority's word; no proxy sees it."""
        context = ssl.create_default_context(cafile=str(self.authority.certificate))
        return urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context)
        )


def find_access(data: Path) -> Access | None:
    """How to ask the server in `data`; None where it asks for nothing."""
    access = Access(data / FOLDER)
    return access if access.password_file.is_file() else None


def make_access(data: Path) -> Access:
    """The access kept in `data`; authority and password are made at the first start."""
    access = Access(data / FOLDER)
    access.folder.mkdir(mode=0o755, exist_ok=True)
    make_authority(access.folder)
    if not access.password_file.is_file():
        _write_private(access.password_file, secrets.token_urlsafe(24))
    return access


def admit(access: Access, conf: Path) -> None:
    """Write the node's certificate and its one superuser into its configuration."""
    issue(access.authority, conf)
    password = access.password_file.read_text("ascii")
    _write_private(conf / "users", f"{USER}:{hash_password(password, os.urandom(32))}\n")
    (conf / "users_roles").write_text(f"superuser:{USER}\n", "ascii")
    (conf / "http.key").chmod(0o600)


def hash_password(password: str, salt: bytes) -> str:
    """A password as the server's `users` file takes it: bcrypt is not in Python, PBKDF2 is."""
    made = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, ROUNDS, dklen=32)
    return f"{{PBKDF2}}{ROUNDS}${_base64(salt)}${_base64(made)}"


def tell(access: Access) -> str:
    """One line: where authority and password lie (never the password itself)."""
    return (
        f"user {USER}, password in {access.password_file}, "
        f"CA certificate in {access.authority.certificate}"
    )


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
