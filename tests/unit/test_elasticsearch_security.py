"""What `--security` and `--nodes` make, without a server."""

from __future__ import annotations

import os
import ssl
import stat
import subprocess
from pathlib import Path

import pytest
import servers
from elasticsearch_server import access, certificates, layout, nodes, verbs
from elasticsearch_server.common import ServerError
from elasticsearch_server.releases import RELEASES

NEWEST = RELEASES["9.4.3"]


def read_certificate(path: Path) -> str:
    shown = ["openssl", "x509", "-in", str(path), "-noout", "-text"]
    return subprocess.run(shown, capture_output=True, text=True, check=True).stdout


def verifies(certificate: Path, authority: Path) -> bool:
    asked = ["openssl", "verify", "-CAfile", str(authority), str(certificate)]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_certificate_is_signed_by_the_authority_and_names_the_loopback(tmp_path: Path) -> None:
    authority = certificates.make_authority(tmp_path)
    certificates.issue(authority, tmp_path)
    told = read_certificate(tmp_path / "http.crt")
    assert "DNS:localhost, IP Address:127.0.0.1" in told
    assert verifies(tmp_path / "http.crt", authority.certificate)
    ssl.create_default_context(cafile=str(authority.certificate))


def test_a_certificate_of_minus_one_day_is_over(tmp_path: Path) -> None:
    authority = certificates.make_authority(tmp_path)
    certificates.issue(authority, tmp_path, days=-1)
    assert not verifies(tmp_path / "http.crt", authority.certificate)


def test_an_authority_is_made_once(tmp_path: Path) -> None:
    first = certificates.make_authority(tmp_path).certificate.read_bytes()
    assert certificates.make_authority(tmp_path).certificate.read_bytes() == first


def test_without_openssl_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ServerError, match=r"there is none; install it"):
        certificates.make_authority(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_password_and_keys_are_for_their_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)  # the most open that a caller's shell can be
    try:
        known = access.make_access(tmp_path)
        (tmp_path / "conf").mkdir()
        access.admit(known, tmp_path / "conf")
    finally:
        os.umask(before)
    secret = [known.password_file, known.authority.key]
    secret += [tmp_path / "conf" / name for name in ("users", "http.key")]
    assert {mode(path) for path in secret} == {0o600}


def test_the_password_is_random_long_and_kept(tmp_path: Path) -> None:
    first, other = (tmp_path / name for name in ("first", "other"))
    passwords = []
    for folder in (first, other, first):
        folder.mkdir(exist_ok=True)
        passwords.append(access.make_access(folder).password_file.read_text())
    assert len(passwords[0]) >= 32
    assert passwords[0] == passwords[2] != passwords[1]


def test_the_users_file_holds_a_hash_and_no_password(tmp_path: Path) -> None:
    known = access.make_access(tmp_path)
    access.admit(known, tmp_path)
    written = (tmp_path / "users").read_text()
    assert written.startswith("dateline:{PBKDF2}10000$")
    assert known.password_file.read_text() not in written


def test_where_authority_and_password_lie_is_told_without_the_password(tmp_path: Path) -> None:
    known = access.make_access(tmp_path)
    told = access.tell(known)
    assert str(known.password_file) in told
    assert str(known.authority.certificate) in told
    assert known.password_file.read_text() not in told


def test_one_node_lives_in_the_data_folder_itself_and_three_in_one_each(tmp_path: Path) -> None:
    (alone,) = layout.choose_layout(1, 9200, security=False).nodes(tmp_path)
    three = layout.choose_layout(3, 9200, security=False).nodes(tmp_path)
    assert (alone.data, alone.http) == (tmp_path, 9200)
    assert [node.http for node in three] == [9200, 9201, 9202]
    assert len({node.data for node in three}) == len({node.transport for node in three}) == 3


def test_a_layout_is_read_as_it_was_written(tmp_path: Path) -> None:
    wanted = layout.choose_layout(3, 0, security=True)
    layout.write_layout(tmp_path, wanted)
    assert layout.read_layout(tmp_path) == wanted
    assert layout.read_layout(tmp_path / "elsewhere") == layout.Layout()


def test_every_node_knows_where_the_others_are(tmp_path: Path) -> None:
    three = layout.choose_layout(3, 0, security=False).nodes(tmp_path)
    told = "\n".join(nodes.configure(three, security=False))
    assert all(f'"127.0.0.1:{node.transport}"' in told for node in three)
    assert "single-node" not in told


def test_an_open_server_s_folder_is_refused_to_one_with_security(tmp_path: Path) -> None:
    (tmp_path / "version").write_text(NEWEST.version)
    with pytest.raises(ServerError, match="holds a server of one open node; name another folder"):
        verbs.start(verbs.Wanted(NEWEST, tmp_path, port=0, security=True))


def test_a_cluster_s_folder_is_refused_to_a_single_node(tmp_path: Path) -> None:
    (tmp_path / "version").write_text(NEWEST.version)
    layout.write_layout(tmp_path, layout.choose_layout(3, 0, security=True))
    with pytest.raises(ServerError, match="a server with 3 nodes with security"):
        verbs.start(verbs.Wanted(NEWEST, tmp_path, port=0))


def test_two_nodes_are_a_mistake_of_usage() -> None:
    assert servers.run_tool("start", "--nodes", "2").returncode == 2


def test_the_secured_server_lets_its_superuser_in_and_nobody_else(
    secured_elasticsearch: servers.Secured,
) -> None:
    assert secured_elasticsearch.ask("/_security/_authenticate")["roles"] == ["superuser"]
    with pytest.raises(OSError, match="401"):
        servers.ask(secured_elasticsearch.url, ca=secured_elasticsearch.ca)


def test_status_tells_where_authority_and_password_lie(
    secured_elasticsearch: servers.Secured,
) -> None:
    told = servers.run_tool("status", "--data", str(secured_elasticsearch.data))
    assert told.returncode == 0
    assert str(secured_elasticsearch.ca) in told.stdout
    assert secured_elasticsearch.password not in told.stdout + told.stderr


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system has no /proc to look at")
def test_the_password_is_on_no_command_line(secured_elasticsearch: servers.Secured) -> None:
    (pid,) = secured_elasticsearch.pids()
    command = Path(f"/proc/{pid}/cmdline").read_bytes() + Path(f"/proc/{pid}/environ").read_bytes()
    assert secured_elasticsearch.password.encode() not in command
