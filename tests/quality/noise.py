"""The noise of the web put into clean articles by a seeded hand, so that its gold is known.

Every line that is put in here is written by us. What crawled pages do to articles is imitated:
promo lines, share bars, captions said twice, headlines said again, PREV/NEXT tails, teasers and
sentences glued to the body, invisible characters inside words.
"""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass

PROMOS = (
    "Also read: Ferry strike enters third week as talks stall",
    "Read more: What the harbour vote means for small traders",
    "READ MORE: Five charts that explain the wheat price",
    "MORE: Orchestra cancels tour after lorry fire",
    "See also: The village that banned the motor car",
    "Related: Why the bridge at Orlen was never finished",
    "Recommended: Our guide to the autumn lectures",
    "Don't miss: The ten quietest beaches of the north coast",
    "Watch: Penguins escape from a zoo for the second time",
    "Sign up for our morning newsletter and never miss a story",
    "Subscribe now for unlimited access to our journalism",
    "Follow us on Facebook, Twitter and Instagram",
    "Like what you are reading? Support us from 2 a month",
    "Download our free app for breaking news alerts",
    "Click here to read the full story",
    "This website uses cookies to improve your experience",
    "Advertisement",
    "ADVERTISEMENT - STORY CONTINUES BELOW",
    "Story continues below",
    "Most read in News",
    "You may also like",
    "Copyright 2005 The Northern Courier. All rights reserved.",
)
SHARE_BARS = (
    "Share Tweet Email Print",
    "Share on Facebook | Share on Twitter | WhatsApp",
    "Facebook Twitter Pinterest LinkedIn",
    "0 shares 14 comments",
    "Share this article",
    "Save for later | Print | Comments (27)",
)
CAPTIONS = (
    "Commuters wait on a crowded platform during the morning rush hour",
    "A worker inspects a turbine at the plant on Tuesday (Photo: Northern Courier)",
    "The minister leaves the building after the meeting, surrounded by reporters",
    "Fans gather outside the ground hours before the doors open",
    "File photo: shoppers carry bags along the main street of the town",
    "Two men look at a screen in the control room of the harbour",
)
TEASERS = (
    "Nurses and bakers walk out in longest stoppage for a decade",
    "Lorry driver finds lost painting behind a wardrobe",
    "Inside the island where nobody locks the door",
    "Council votes to move the clock by nine minutes",
    "Thousands flee as dam fails after week of rain",
    "Weather: Storm to reach the coast by Friday night",
)
TAILS = (
    ("read more from northerncourier.....",),
    (
        "PREV Storm closes the northern passes for a third day ... trends now",
        "NEXT Storm closes the northern passes for a third day ... trends now",
    ),
    (
        "PREV Baker wins the lottery twice in one week ... trends now",
        "NEXT Choir sings for forty hours in aid of the roof ... trends now",
    ),
    ("(Reporting by Anna Example; editing by Paul Sample)",),
    ("To contact the reporter on this story: anna.example@courier.example",),
    ("More from the Northern Courier:", "Why tea is getting dearer", "A town without a bank"),
    ("Tags: news, features, today", "Previous article | Next article"),
)
INVISIBLE = ("\u200b", "\u00ad", "\ufeff", "\u2060", "\u200e")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a line, from `start` to the next part or the end; kept or dropped."""

    start: int
    kept: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the noisy text and what is right to do with it: one part, or a cut in several."""

    text: str
    parts: tuple[Part, ...]


def _kept(text: str) -> Line:
    return Line(text, (Part(0, kept=True),))


def _dropped(text: str) -> Line:
    return Line(text, (Part(0, kept=False),))


def noisy_text(article: str, seed: str) -> str:
    """The article with its noise, as one string of lines."""
    return "\n".join(line.text for line in noisy_lines(article, seed))


def noisy_lines(article: str, seed: str) -> list[Line]:
    """The article's lines with noise between, in and after them; blank lines between all."""
    dice = random.Random(f"noise in {seed}")
    headline, *body = [line.strip() for line in article.split("\n") if line.strip()]
    told = _glue_teasers(_glue_sentences([_kept(line) for line in body], dice), dice)
    told = [_hide_characters(line, dice) for line in told]
    noisy = [*_head(headline, dice), *_between(told, dice), *_tail(dice)]
    return [line for pair in noisy for line in (pair, _kept(""))][:-1]


def _head(headline: str, dice: random.Random) -> list[Line]:
    copies = [_dropped(headline)] * dice.choice((0, 0, 1, 3))
    bar = [_dropped(dice.choice(SHARE_BARS))] * dice.choice((0, 1))
    return [_kept(headline), *copies, *bar]


def _between(body: list[Line], dice: random.Random) -> list[Line]:
    """Promo lines and captions said twice, each at a place of its own, never the first."""
    caption = dice.choice(CAPTIONS)
    blocks = [[_dropped(promo)] for promo in dice.sample(PROMOS, dice.choice((1, 2, 3)))]
    blocks += [[_dropped(caption)] * 2] * dice.choice((0, 1))
    blocks += [[_dropped(dice.choice(SHARE_BARS))]] * dice.choice((0, 0, 1))
    places = dice.sample(range(1, len(body)), min(len(blocks), len(body) - 1))
    for place, block in sorted(zip(places, blocks, strict=False), key=lambda pair: -pair[0]):
        body = [*body[:place], *block, *body[place:]]
    return body


def _tail(dice: random.Random) -> list[Line]:
    return [_dropped(text) for text in dice.choice(TAILS)]


def _glue_sentences(lines: list[Line], dice: random.Random) -> list[Line]:
    """Two paragraphs run together without a space, where the first one ends a sentence."""
    ends = [
        place
        for place, (line, after) in enumerate(itertools.pairwise(lines))
        if line.text[-1] in '.!?"' and after.text[0].isupper()
    ]
    for place in sorted(dice.sample(ends, min(len(ends), dice.choice((0, 1, 2)))), reverse=True):
        first, second = lines[place], lines[place + 1]
        later = tuple(Part(len(first.text) + part.start, part.kept) for part in second.parts)
        lines[place : place + 2] = [Line(first.text + second.text, (*first.parts, *later))]
    return lines


def _glue_teasers(lines: list[Line], dice: random.Random) -> list[Line]:
    """Another story's headline run into the beginning of a paragraph that is not glued yet."""
    whole = [place for place, line in enumerate(lines) if place and len(line.parts) == 1]
    for place in dice.sample(whole, min(len(whole), dice.choice((0, 1)))):
        teaser, line = dice.choice(TEASERS), lines[place].text
        parts = (Part(0, kept=False), Part(len(teaser), kept=True))
        lines[place] = Line(teaser + line, parts)
    return lines


def _hide_characters(line: Line, dice: random.Random) -> Line:
    """Two invisible characters inside the words of some uncut lines: the line is still kept."""
    if len(line.parts) > 1 or dice.random() > 0.2:
        return line
    text = line.text
    for _ in range(2):
        place = dice.randrange(1, len(text))
        text = text[:place] + dice.choice(INVISIBLE) + text[place:]
    return _kept(text)
