"""Made-up articles, as many as a test wants: short, so that a run is over in seconds."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_TOWNS = ("Port Ellery", "Marrow Bay", "Saltgate", "Upper Denning", "Quillhaven", "Tamsin Ferry")
_PEOPLE = ("Ada Winterbourne", "Jonas Quill", "Mara Selwyn", "Otto Fenn", "Ines Calloway")
_EVENTS = (
    "the harbour was closed after a storm broke two of its cranes",
    "the council voted to rebuild the old bridge over the river",
    "a fire at the cannery was put out before it reached the stores",
    "the ferry strike ended when both sides signed a new contract",
    "the flood wall held although the tide was the highest in years",
)
_SEED = 1_876


def write_records(path: Path, count: int) -> str:
    """So many records in a JSON Lines file, always the same ones; its path as an argument.

    One in 50 has no body and is refused, one in 40 comes twice.
    """
    chance = random.Random(_SEED)
    lines = [json.dumps(_make(number, chance)) for number in range(count)]
    lines += lines[::40]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def _make(number: int, chance: random.Random) -> dict[str, str]:
    town, person, event = chance.choice(_TOWNS), chance.choice(_PEOPLE), chance.choice(_EVENTS)
    day = (
        f"{chance.randrange(1990, 2020)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 28):02}"
    )
    body = (
        f"In {town}, {event}, {person} said in report {number} on Monday. "
        f"It was the {chance.randrange(2, 90)}th time in memory that people there spoke of it. "
        f"The mayor of {chance.choice(_TOWNS)} sent help, and {chance.choice(_PEOPLE)} thanked her."
    )
    return {
        "id": f"record-{number}",
        "title": f"{town} report {number}",
        "maintext": "" if number % 50 == 49 else body,
        "date_publish": f"{day} {chance.randrange(24):02}:15:00",
        "source_domain": "ellery.example",
    }
