"""Works and products with a name: "the film Jane Eyre", "its Roe rocket", "an app called Roe"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.entities.words import FUNCTION_WORDS, NEWS_AGENCIES, ORGANISATION_HEADS, THINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.entities.names import Name, Page


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What a work is called directly before its title.
_GENRES = _words(
    """
    film movie musical sitcom thriller album song ballad opera operetta documentary blockbuster
    sequel prequel remake cartoon memoir biopic painting poem trilogy comedy drama melodrama novel
    bestseller romcom telenovela ballet screenplay hymn virus worm trojan racehorse stallion
    """
)
# Things that are sold or sent under a name which is not their maker's.
_DEVICES = _words(
    """
    rocket missile spacecraft spaceship capsule satellite telescope lander orbiter probe smartphone
    handset tablet laptop notebook console browser software app chip microchip processor
    microprocessor printer camcorder e-reader smartwatch headset player robot supercomputer
    sedan saloon suv hatchback pickup minivan crossover roadster convertible hybrid jet airliner
    jetliner fighter warplane helicopter gunship drone bomber tank howitzer rifle drug vaccine
    medicine pill painkiller antidepressant inhaler antibody treatment virus worm trojan racehorse
    stallion lager whisky vodka perfume fragrance shampoo detergent cereal
    """
)
_NUMBERED = _words("rocket missile spacecraft console smartphone handset tablet processor chip")
_PRODUCTS = _DEVICES | _words(
    """
    product device gadget feature application program programme tool game technology technique
    format system scheme project concept prototype coffee drink toy show series book exhibition
    ship vessel craft plane aircraft car truck model machine engine asteroid comet planet star
    storm dog cat horse
    """
)
_OWNED = re.compile(r"(?:\b(?:[Ii]ts|[Tt]heir|[Hh]is|[Hh]er)|'s|s') (?:[a-z]+(?:-[a-z]+)* ){0,2}$")
_CALLS = ("called ", "dubbed ", "nicknamed ", "named ", "codenamed ", "known as ")
_CALLED = re.compile(
    r"([a-z]+),? (?:(?:is|are|was|were) )?"
    r"(?:called|dubbed|nicknamed|named|codenamed|(?:better |also )?known as) $"
)
_NEXT = re.compile(r" (\d[\d.]* |[IVX]+ )?([a-z-]+)\b")
_MAKERS = re.compile(
    r" (?:plant|factory|maker|business|company|unit|division|arm|programme|program|industry|deal|"
    r"team|site|developer|group|firm|family|range|fleet)\b"
)
_SYSTEM = " operating system"
_BODIES = ORGANISATION_HEADS | THINGS
_YEARS = (" of the Year", " of the Month", " of the Decade", " of the Century")
_STARS = re.compile(r" stars? [A-Z]")
_QUOTED = re.compile(r'[,.]?"')
_ACTS = re.compile(
    r"(?:,? (?:which|who))? (?:has |had |have |also |will )?(?:said|says|say|announced|reported|"
    r"agreed|plans?|planned|bought|acquired|hired|owns|sells|sold|makes|made|employs|declined|"
    r"denied|refused|confirmed|invested|expects|told|released|unveiled|launched)\b"
)
_LONG = 3  # words of a name whose initials are no chance
_REACH = 48


def demote_works(names: Sequence[Name], page: Page) -> list[Name]:
    """A work behind its genre, a device behind its owner, a thing called so, are no names of ours.

    So is every other mention, and what is explained by it in brackets, unless one acts as a body or
    a person does. What fills a quotation is none either, there alone.
    """
    shown = {name for name in names if name.kind != "other" and _is_shown(name, page)}
    shown |= set(_iter_explained(names, page))
    quoted = {name for name in names if name.kind == "organisation" and _is_quoted(name, page)}
    if not (shown or quoted):
        return list(names)
    forms = {name.form for name in shown if name.kind != "place"}
    forms -= {name.form for name in names if acts(name, page)}
    return [
        name.retyped("other") if name in quoted or name in shown or name.form in forms else name
        for name in names
    ]


def _iter_explained(names: Sequence[Name], page: Page) -> Iterator[Name]:
    """The acronyms of what is none, and those in brackets behind it ("Roe Agreement (RA)")."""
    acronyms = [n for n in names if n.kind == "organisation" and n.form.isupper()]
    initials = _collect_initials(names) if acronyms else set()
    yield from (name for name in acronyms if name.form in initials)
    for before, name in pairwise(names) if "(" in page.text else ():
        if before.kind == "other" and name.kind == "organisation" and _is_bracketed(name, page):
            is_next = before.end == name.start - len(" (")
            if is_next and _is_thing(before) and name.key not in NEWS_AGENCIES:
                yield name


def _is_bracketed(name: Name, page: Page) -> bool:
    return page.text.endswith(" (", 0, name.start) and page.text.startswith(")", name.end)


def _is_thing(name: Name) -> bool:
    return name.kind == "other" and bool(name.words) and name.words[-1] not in _BODIES


def _collect_initials(names: Sequence[Name]) -> set[str]:
    """The capitals that things in several words are made of, and no organisation here is."""
    long = [name for name in names if len(name.words) >= _LONG]
    things = {_initials(name) for name in long if _is_thing(name)}
    return things - {_initials(name) for name in long if name.kind == "organisation"}


def _initials(name: Name) -> str:
    return "".join(word[0] for word in name.words if word not in FUNCTION_WORDS).upper()


def acts(name: Name, page: Page) -> bool:
    """Whether somebody of this name says, owns or does something."""
    return _ACTS.match(page.text, name.end) is not None


def _is_shown(name: Name, page: Page) -> bool:
    if page.word_before(name) in _GENRES:
        return True
    if name.kind == "place":
        return False
    if page.text.startswith(_YEARS, name.end):
        return True
    if name.kind == "person" and _STARS.match(page.text, name.end):
        return True
    return _is_called(name, page) or _is_device(name, page)


def _is_called(name: Name, page: Page) -> bool:
    if not page.text.endswith(_CALLS, 0, name.start):
        return False
    match = _CALLED.search(page.text, max(0, name.start - _REACH), name.start)
    return match is not None and match[1] in _PRODUCTS


def _is_device(name: Name, page: Page) -> bool:
    """Whether a device follows that somebody owns, or one with a number ("a Roe 9 rocket")."""
    match = _NEXT.match(page.text, name.end)
    is_device = match is not None and match[2] in _DEVICES
    if match is None or not (is_device or page.text.startswith(_SYSTEM, name.end)):
        return False
    if _MAKERS.match(page.text, match.end()):
        return False
    if match[1] and match[2] in _NUMBERED:
        return True
    return _OWNED.search(page.text, max(0, name.start - _REACH), name.start) is not None


def _is_quoted(name: Name, page: Page) -> bool:
    is_opened = name.start > 0 and page.text[name.start - 1] == '"'
    return is_opened and _QUOTED.match(page.text, name.end) is not None
