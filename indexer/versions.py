"""The one number that says by which cleaning and language processing a document was made."""

from __future__ import annotations

PIPELINE_NUMBER = 3
"""Raise it whenever a change makes other documents of the same articles (1 to 9,999): the next
ingest then makes them anew."""


def pipeline_name(entity_model: str | None = None) -> str:
    """What is stored as `pipeline`: the number, and the model where it is not the default one."""
    return str(PIPELINE_NUMBER) if entity_model is None else f"{PIPELINE_NUMBER}+{entity_model}"
