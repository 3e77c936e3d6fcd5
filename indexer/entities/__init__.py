"""People, places and organisations of English articles."""

from indexer.entities.finder import DEFAULT_MODEL, EntityFinder, EntityText, open_finder

__all__ = ["DEFAULT_MODEL", "EntityFinder", "EntityText", "open_finder"]
