"""The error tree of the house. Facts and the way out; HTTP knows nothing of it but its own table.

DatelineError
├── SettingsError            a setting is missing, malformed or contradicts another
├── QueryError               the question cannot be asked like this
│   ├── QuerySyntaxError     the user's text does not parse; carries the position
│   ├── ParameterError       a parameter is unknown or out of range
│   └── CursorError          a cursor is damaged, or belongs to another query
├── DocumentNotFound         no document has this id
├── DocumentWithdrawn        the document with this id was withdrawn, with a reason
├── UnsupportedQuery         this engine does not offer what was asked (a tier-2 capability)
├── SourceError              an input path cannot be read at all
└── EngineError              the engine did not do what was asked
    ├── EngineUnavailable    nobody answers, or not in time; trying again may help
    ├── EngineOverloaded     the engine refuses work for now
    ├── EngineRefused        wrong key or no right to do this
    ├── EngineIncompatible   wrong product or wrong version
    ├── EngineBlocked        the engine is read-only (full disk, block); writing again is useless
    │   └── EngineBusy       another program is at work there; waiting for it helps
    ├── IndexNotReady        the index or alias is missing or has another mapping
    └── EngineFault          anything else the engine answered
"""

from __future__ import annotations


class DatelineError(Exception):
    """Every error of ours: a message naming the thing at fault, and a hint saying the way out."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


class SettingsError(DatelineError):
    """A setting is missing, malformed or contradicts another."""


class QueryError(DatelineError):
    """The question cannot be asked like this."""

    def __init__(
        self, message: str, *, hint: str = "", parameter: str = "q", position: int | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.parameter = parameter
        self.position = position


class QuerySyntaxError(QueryError):
    """The user's text does not parse; `position` counts code points from 0."""


class ParameterError(QueryError):
    """A parameter is unknown, malformed or out of range."""


class CursorError(QueryError):
    """A cursor is damaged, or belongs to another query."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message, hint=hint, parameter="cursor")


class DocumentNotFound(DatelineError):
    """No document has this id."""


class DocumentWithdrawn(DatelineError):
    """The document with this id was withdrawn; `reason` says why."""

    def __init__(self, message: str, *, hint: str = "", reason: str = "") -> None:
        super().__init__(message, hint=hint)
        self.reason = reason


class UnsupportedQuery(DatelineError):
    """This engine does not offer what was asked."""


class SourceError(DatelineError):
    """An input path cannot be read at all."""


class EngineError(DatelineError):
    """The engine did not do what was asked; `retry_after` are the seconds it asks to wait, or 0."""

    retry_after: float = 0.0


class EngineUnavailable(EngineError):
    """Nobody answers, or not in time; trying again may help."""


class EngineOverloaded(EngineError):
    """The engine refuses work for now."""


class EngineRefused(EngineError):
    """Wrong key, or no right to do this."""


class EngineIncompatible(EngineError):
    """Wrong product or wrong version."""


class EngineBlocked(EngineError):
    """The engine is read-only (full disk, block); writing again is useless until that is mended."""


class EngineBusy(EngineBlocked):
    """Another program is at work on the archive; the message names it, and waiting helps."""


class IndexNotReady(EngineError):
    """The index or alias is missing, or has another mapping."""


class EngineFault(EngineError):
    """Anything else that the engine answered."""
