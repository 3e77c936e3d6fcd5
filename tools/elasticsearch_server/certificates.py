"""A certificate authority of this server's own, and certificates for the loopback, by openssl."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from elasticsearch_server.common import ServerError

NAMES = ("DNS:localhost", "IP:127.0.0.1")
LASTING_DAYS = 3650
_AUTHORITY = """\
[req]
prompt = no
distinguished_name = name
x509_extensions = authority
[name]
CN = Dateline test authority
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
"""
_REQUEST = """\
[req]
prompt = no
distinguished_name = name
[name]
CN = localhost
[server]
basicConstraints = CA:FALSE
keyUsage = digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth
authorityKeyIdentifier = keyid
subjectAltName = {names}
"""


@dataclass(frozen=True, slots=True)
class Authority:
    """Whom a client must trust (`certificate`, PEM) and what signs for it."""

    certificate: Path
    key: Path


def make_authority(folder: Path) -> Authority:
    """The authority kept in `folder`, made when it is not there yet.

    Raises:
        ServerError: there is no openssl, or it refuses.
    """
    authority = Authority(folder / "ca.crt", folder / "ca.key")
    if not (authority.certificate.is_file() and authority.key.is_file()):
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            made = Authority(Path(scratch, "ca.crt"), Path(scratch, "ca.key"))
            _sign_itself(made, Path(scratch, "ca.cnf"))
            made.key.replace(authority.key)
            made.certificate.replace(authority.certificate)
    return authority


def _sign_itself(made: Authority, configuration: Path) -> None:
    configuration.write_text(_AUTHORITY, "ascii")
    wanted = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", str(LASTING_DAYS)]
    places = ["-keyout", str(made.key), "-out", str(made.certificate)]
    _openssl("req", *wanted, "-config", str(configuration), *places)
    made.key.chmod(0o600)
    made.certificate.chmod(0o644)


def issue(
    authority: Authority, folder: Path, names: tuple[str, ...] = NAMES, days: int = LASTING_DAYS
) -> None:
    """Write `http.crt` and `http.key` into `folder`, in force for `days` (-1: over since a day).

    A server that runs on these files takes the new ones within seconds.

    Raises:
        ServerError: there is no openssl, or it refuses.
    """
    with tempfile.TemporaryDirectory() as scratch:
        configuration, request = Path(scratch, "http.cnf"), Path(scratch, "http.csr")
        key, certificate = Path(scratch, "http.key"), Path(scratch, "http.crt")
        configuration.write_text(_REQUEST.format(names=", ".join(names)), "ascii")
        wanted = ["-new", "-newkey", "rsa:2048", "-nodes", "-config", str(configuration)]
        _openssl("req", *wanted, "-keyout", str(key), "-out", str(request))
        signer = ["-CA", str(authority.certificate), "-CAkey", str(authority.key)]
        _openssl(
            *["x509", "-req", "-in", str(request), *signer, "-CAcreateserial"],
            *["-CAserial", str(Path(scratch, "serial")), "-days", str(days)],
            *["-extfile", str(configuration), "-extensions", "server", "-out", str(certificate)],
        )
        for made in (key, certificate):
            shutil.copyfile(made, folder / made.name)


def _openssl(*arguments: str) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        raise ServerError(
            "certificates are made by openssl and there is none; install it "
            "(Debian: apt install openssl), or leave --security out"
        )
    done = subprocess.run(
        [openssl, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = " ".join(done.stderr.split()) or "no reason given"
        raise ServerError(f"openssl {arguments[0]} failed: {said}")
