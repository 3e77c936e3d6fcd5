"""Names of months and weekdays as newsrooms print them, in the languages of many archives.

English, German, French, Spanish, Italian, Portuguese, Dutch and the Scandinavian languages; written
by hand, complete of their kind.
"""

from __future__ import annotations

_NAMES = (
    "january jan januar jänner janvier enero gennaio gen janeiro januari",
    "february feb februar feber février fevrier févr febrero febbraio fevereiro februari",
    "march mar märz maerz mrz mars marzo março marco maart marts",
    "april apr avril avr abril aprile",
    "may mai mayo maggio mag maio mei maj",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug août aout agosto ago augustus augusti",
    "september sept sep septembre septiembre setiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro desember des",
)
MONTHS = {name: number for number, line in enumerate(_NAMES, start=1) for name in line.split()}
"""Number of the month by its name or abbreviation in small letters."""

_DAYS = (
    "monday mon montag mo lundi lunes lunedì segunda-feira maandag mandag måndag",
    "tuesday tues tue dienstag di mardi martes martedì terça-feira dinsdag tirsdag tisdag",
    "wednesday wed mittwoch mi mercredi miércoles mercoledì quarta-feira woensdag onsdag",
    "thursday thurs thur thu donnerstag do jeudi jueves giovedì quinta-feira donderdag torsdag",
    "friday fri freitag fr vendredi viernes venerdì sexta-feira vrijdag fredag",
    "saturday sat samstag sa sonnabend samedi sábado sabado zaterdag lørdag lördag",
    "sunday sun sonntag so dimanche domingo domenica zondag søndag söndag",
)
WEEKDAYS = frozenset(name for line in _DAYS for name in line.split())


def alternatives(names: frozenset[str] | dict[str, int]) -> str:
    """A pattern of any of the names, longer ones first."""
    return "|".join(sorted(names, key=lambda name: (-len(name), name)))
