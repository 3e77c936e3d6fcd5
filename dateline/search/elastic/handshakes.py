"""Why no connection to the server came about, in our words and with the way out. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cause:
    """What is at fault, and the way out."""

    message: str
    hint: str


_TABLE: tuple[tuple[re.Pattern[str], Cause], ...] = (
    (
        re.compile("certificate has expired"),
        Cause(
            "the certificate of Elasticsearch has expired",
            "give the server a new one, and look at this machine's clock",
        ),
    ),
    (
        re.compile("certificate is not yet valid"),
        Cause(
            "the certificate of Elasticsearch is not valid yet",
            "look at the clocks of this machine and of the one that made it",
        ),
    ),
    (
        re.compile(r"(?:Hostname|IP address) mismatch|doesn't match"),
        Cause(
            "the certificate of Elasticsearch is for another host name",
            "write a name that it holds in DATELINE_ELASTICSEARCH_URL, or give the server one for "
            "this name",
        ),
    ),
    (
        re.compile("certificate verify failed"),
        Cause(
            "the certificate of Elasticsearch is signed by nobody we trust",
            "set DATELINE_CA_CERTS to the file of the CA that signed it",
        ),
    ),
    (
        re.compile(r"wrong version number|record layer failure|unknown protocol", re.IGNORECASE),
        Cause(
            "the server does not speak https",
            "write http:// in DATELINE_ELASTICSEARCH_URL",
        ),
    ),
    (
        re.compile("RemoteDisconnected|Server disconnected"),
        Cause(
            "the server hung up without an answer",
            "if it speaks https, write https:// in DATELINE_ELASTICSEARCH_URL; else see its log",
        ),
    ),
    (
        re.compile("Bad ?status ?line", re.IGNORECASE),
        Cause("the server does not speak HTTP", "correct DATELINE_ELASTICSEARCH_URL"),
    ),
)


def find_cause(said: str) -> Cause | None:
    """The first cause that fits what the client says; None for one that we have no words for."""
    return next((cause for pattern, cause in _TABLE if pattern.search(said)), None)
