"""Lines that are not the article: links to other stories, prompts, navigation.

Each pattern asks for the shape of such a line, not only for its first word, since a clean article
may well begin a sentence with "Next month" or "Subscribers to".
"""

# ruff: noqa: RUF001  # typographic quotes and dashes are what this module is about

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from dateline.text.captions import is_caption
from dateline.text.clocks import find_clock_stamp
from dateline.text.invitations import is_invitation
from dateline.text.lines import count_words, ends_sentence
from dateline.text.notes import REPORTERS_LAST, claims_rights, is_note
from dateline.text.spans import cut, strip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dateline.documents import TracedText

_LONGEST = 45
_LONGEST_LETTERS = 600
_LONGEST_TAIL = 330
_TAIL_LINES = 3
_TAIL_WORDS = 4
_LINK_WORDS = range(4, 26)
_MARK = r"^[\W_]*"
_COLON = r"\s*(?::|[-–—|»>→]\s|\.{2,}|…|$)"


def _any(*patterns: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(_MARK + "(?:" + "|".join(patterns) + ")", flags)


_ADDRESS = r"(?:https?://|www\.|@)\S+(?: \S*[-/]\S*)?\W*$"
_LABELS = _any(
    rf"(?:trending|breaking|featured|live) (?:stories|news|topics|videos?){_COLON}",
    r"(?:tags?|topics?|filed under|keywords?)\s*:|(?:read|watch|see|video)\s*[|»]\s",
    r"(?-i:(?:Image|Media|Video|Photo) caption),? (?-i:[A-Z])",
    rf"(?:now (?:read|watch|playing)|in (?:pictures|photos|video)|watch live|read it|read this)"
    rf"{_COLON}",
    rf"(?:also|must|related|recommended|further|suggested|read)[\s-]+(?:read|reads|reading|also)"
    rf"{_COLON}",
    rf"(?:you (?:may|might|can) also (?:like|read|want)|don['’]?t miss|up next|read next|"
    rf"read this next){_COLON}",
    rf"(?:see|read|watch|listen|hear|learn|find out|know|view|discover|explore)(?: also| more|"
    rf" too| now| here| next| this)+{_COLON}",
    rf"(?:more|latest|other|top|related|recommended|popular|similar)(?: top)? (?:stories|articles"
    rf"|news|videos?|headlines|coverage|links|content|topics|posts|reads?){_COLON}",
    rf"(?:related|recommended|see also|in case you missed it|icymi|trending(?: now)?|most read|"
    rf"popular(?: now| today)?|most popular|editor['’]?s picks?|promoted|sponsored|"
    rf"what to read next|more on this(?: story| topic)?|on this topic){_COLON}",
    rf"(?:top|best|more|latest|other) (?:reads|stories|news|picks|deals|posts)"
    rf"(?: (?:from|by|in|on) [\w ]{{2,40}})?{_COLON}",
    r"read (?:the )?(?:full|whole|original|entire) (?:story|article|report|post|interview|text)\b"
    r"(?![^.!?]*\b(?:said|says|was|is)\b)",
    r"(?:click|tap|swipe|scroll down|press) (?:here|on the|the (?:link|button|image|photo|"
    r"picture)|through|to (?:enlarge|read|see|view|watch|subscribe|play|expand))\b",
    r"(?:photos?|images?|pictures?|pics?|photographs?|video|graphics?|file (?:photo|image|"
    r"picture)|featured image|cover (?:photo|image))(?: (?:credits?|courtesy|source|by|via|"
    r"gallery))?\s*[:/©]",
    r"(?:credits?|image credits?|photo credits?|pictured|caption)\s*:",
    r"(?:podcast|(?:photo )?gallery|quiz)\s*:\s",
    rf"(?:published under|filed in|explore more on (?:this|these) topics?|our standards"
    rf"|privacy notice){_COLON}",
    # Other languages' "read also", always with their colon.
    rf"(?:à )?lire (?:aussi|également)\s*:|lesen sie (?:auch|hier|mehr)\s*:|mehr zum thema"
    rf"{_COLON}|читайте (?:также|ещё|еще)\s*:?"
    r"|(?:lea|lee|leer) (?:también|además)\s*:|te puede interesar\s*:|leggi anche\s*:|le(?:ia|"
    r"r) também\s*:|lees ook\s*:"
    r"|läs (?:också|även|mer)\s*:|les også\s*:|læs også\s*:|czytaj (?:też|także|również)\s*:",
)
# With a capital behind it the label needs no colon: "Also read Storm closes port".
_CAPITAL_LABELS = re.compile(
    r"^[\W_]*(?:(?:Also|ALSO|Must|MUST) (?:[Rr]ead|READ)|READ (?:ALSO|MORE|NEXT|THIS)|SEE ALSO|"
    r"Read also)\s+[\"“‘']?(?:[A-Z]|\d)"
)
_SHOUTED_LABELS = re.compile(
    r"^[\W_]*(?:READ|READ (?:ALSO|MORE|NEXT)|WATCH|LISTEN|MORE|RELATED|TRENDING|VIDEO|PHOTOS|"
    r"GALLERY|PICTURES|SEE ALSO"
    r"|DON['’]T MISS|MUST READ|MORE FROM [A-Z ]{2,40}|Read|Watch|Listen|Recommended|Explore)\s"
    r"*(?::|»|>>|→)\s*\S"
)
_PROMPTS = _any(
    r"(?:catch|get) all (?:the )?latest\b(?=.*\b(?:on|with|from) (?:our|\w+ app)\b)",
    r"(?:want|like) more\b.{0,40}\b(?:sign up|subscribe|follow)\b",
    r"to (?:read|get|see|receive) more\b.*\b(?:click|sign up|subscribe|inbox|log in)\b",
    r"if you (?:liked|enjoyed) (?:this|reading)\b.*\b(?:share|subscribe|sign up|follow)\b",
    r"(?:we use cookies|this site (?:uses cookies|is protected by))\b",
    r"(?:have something to say|we pay for (?:your )?(?:stories|videos)|follow the author)\b",
    r"(?:sign up|subscribe|register|join|log in)\b(?=.*(?:\bnews ?letters?\b|\binbox\b|\b"
    r"e-?mails?\b|\balerts?\b|\bchannels?\b|\bpodcasts?\b|\bWhatsApp\b|\bTelegram\b|\bfor free\b|"
    r"\bour \w+|\bhere\b|\bfree trial\b|\bunlimited\b|\bto (?:continue|read)\b))",
    r"(?:sign up|subscribe|register|log in|sign in)(?: now| today| here| free)?(?: (?:to|on|"
    r"via) (?:\w+ ?){1,3})?\W*$",
    r"(?:follow|like|find|join|connect with|tweet|visit) (?:us|@\w+)\b(?=.*(?:\b(?:Facebook|"
    r"Twitter|Instagram|YouTube|TikTok|LinkedIn|Telegram|WhatsApp|Threads|Bluesky|Mastodon|social"
    r"|X|Google|channels?|here|at|for (?:more|all|the latest|updates|news))\b|@)|\W*$)",
    r"(?:don['’]?t|never) miss (?:an?|another|any|out)\b(?=.*\b(?:sign up|subscribe|follow|"
    r"newsletters?|alerts?|inbox|our app)\b)",
    r"follow [^.!?]{2,60} on (?:Facebook|Twitter|Instagram|YouTube|TikTok|LinkedIn|Telegram|"
    r"WhatsApp|Threads|Bluesky|X|Google News)\b[^.!?]{0,60}[.!]?$",
    rf"follow [^.!?]{{2,60}} (?:at|on(?: \w+)?)\W*{_ADDRESS}",
    rf"[\w .'’-]{{3,40}} on (?:Facebook|Twitter|Instagram|Bluesky|X)\s*:\s*{_ADDRESS}",
    r"(?:for )?more\b[^.!?:]{0,60}:\s*(?:https?://|www\.)\S+(?: and \S+)?\W*$",
    rf"(?:(?:source|via|link)\s*:\s*|information from:\s[^.]{{2,60}},\s*)?(?!@){_ADDRESS}",
    r"(?:see|read|view)\b[^.!?]{3,160} (?:on|at) \w[\w-]*(?:\.[\w-]+)*\.(?:com|org|net|co\.\w\w)"
    r"\W*$",
    r"(?:to|you can) contact the (?:\w+ )?(?:reporters?|editors?|authors?|writers?|team|newsroom)"
    r"\b",
    r"contact (?:us|the (?:reporters?|editors?|authors?|writers?|newsroom))\b(?=.*(?:\bat\b|@|:|"
    r"$))",
    r"(?:got|have|do you have) (?:a|any|an) (?:\w+ )?(?:tips?|story|stories|stor(?:y|"
    r"ies) to share|news tips?)\b(?=.*(?:e-?mail|contact|touch|tell|let us|call|send|\?$))",
    r"(?:have your say|get in touch|let us know|tell us|share your (?:thoughts|views|story))\b"
    r"(?=.*(?:\bcomments?\b|\be-?mail|\bcontact|@|\bbelow\b)|\W*$)",
    r"(?:what do you think|do you agree)\b(?=.*\bcomments?\b)",
    r"get (?:the|our|all the|your)\b(?=.*\b(?:newsletters?|inbox|alerts?|our app|app)\b)",
    r"(?:download|install|try|get) (?:the|our|your)(?: \w+){0,4} app\b",
    r"for (?:more|all the|the latest)(?: (?:latest|news|information|stories|articles|updates|"
    r"details|content|coverage|videos|like (?:this|these)|\w+ news))+\b(?=.*\b(?:visit|click|"
    r"follow|subscribe|sign up|go to|check|download|see our|head to|our|email)\b)",
    r"(?:stay|keep) (?:tuned|up to date|updated|informed|connected)\b(?=.*\b(?:our|us|newsletter|"
    r"app|here|subscrib\w*|follow\w*)\b|\W*$)",
    r"(?:support|help) (?:our|quality|independent) (?:independent )?(?:journalism|newsroom|"
    r"reporting|work)\b",
    r"listen to (?:this|the) (?:article|story|episode|podcast)\b(?=\W*$|.*\b(?:here|on|below)\b)",
    r"sign up (?:for|to)\b.*\b(?:news|updates|deals|offers|briefings?|digest)\b",
    r"(?:what|share|let|tell|do|have|join|how|which|will|are|would)\b.{0,160}\b(?:in the comments?"
    r"(?: section)?(?: below)?|comment on this (?:article|story))\W*$",
    r"(?:when|if) you (?:buy|purchase|click|order)\b.*\b(?:commission|affiliate)\b",
    r"(?:(?:we|this (?:article|site|page)) (?:may|might|can|could) (?:earn|receive|contain)"
    r"|this (?:article|site|page|post) contains)\b.{0,60}\b(?:commissions?|affiliate)\b",
    r"you (?:must|need to|have to)\b.{0,60}\b(?:comment|commenting|conversation|subscriber"
    r"|log(?:ged)? in|display name|signed in|register(?:ed)?)\b",
    r"this is a (?:breaking|developing)(?: news?)? story\b",
    r"(?:this|the following) (?:image|video|article|story|post) (?:contains?|may contain)"
    r" (?:\w+ ){0,3}(?:content|images|language|material|footage|details)\b",
    r"\d+[- ]min(?:ute)?s?[- ]read\b.{0,60}$",
    r"(?:add|make) us (?:as )?(?:a|your) preferred source\b",
)
_NAVIGATION = _any(
    r"(?:published|updated|posted|last updated) (?:\d+|an?) ?(?:min|minute|hour|hr|day|week)s? ago",
    r"(?:representat(?:ive|ional)|file|stock) (?:image|photo|picture)|video player is loading",
    r"(?:view|show|hide|post|leave) (?:a )?comments?|comments? \(\d+\)|join the conversation",
    r"(?:most (?:read|popular|viewed|shared)|latest|trending|more)(?: news| stories)? (?:in|from)"
    r" (?-i:[A-Z])[\w&]+(?: [\w&]+){0,3}",
    r"(?:skip past|after|before) newsletter promotion|(?:re)?use this content"
    r"|licen[sc]e this content|link (?:has been )?copied(?: to clipboard)?"
    r"|skip to (?:main )?(?:content|navigation|search)",
    r"view (?:original tweet|this post(?: on \w+)?|(?:all|more) (?:posts|comments))"
    r"|now playing(?: next)?|(?:previous|next)(?: (?:next|article|story|slide|post))?",
    r"report (?:a typo|an error)|visit our website|cookie settings|enter your e-?mail(?: address)?",
    r"skip (?:ad|advert|advertisement)|topics|[\w ]{3,20}(?: [>»›] [\w ]{2,20}){1,4}",
    r"(?:advertise?ments?|advert|ad|sponsored(?: content)?|promoted(?: content)?|paid (?:post|"
    r"content))",
    r"(?:story|article|post) continues(?: below| after)?(?: (?:this |the )?(?:advert\w*|ad))?",
    r"continue reading(?: below)?(?: (?:the )?(?:main )?story)?",
    r"(?:scroll|skip|back|jump|return) (?:down |to |for )+(?:continue(?: reading)?|"
    r"(?:main )?content|top|more|home ?page|next|(?:the )?videos?|photos|pictures)",
    r"(?:share|save|print|copy link|tweet|email|e-mail|comment|comments|reply|report|facebook|"
    r"twitter|whatsapp|telegram|linkedin|pinterest|reddit|instagram|messenger|flipboard|x|"
    r"bookmark|[|/,·•&]|\s|and|on|via|this|article|story|page|post|with|by|to|link|(?:\d+ ))+",
    r"(?:loading|please wait)(?: \w+)?|(?:show|view|load|see|read|show me) (?:more|less|"
    r"all)(?: (?:comments|stories|articles|photos|images))?|more",
    r"(?:\d+ min(?:ute)?s? (?:read|ago)|(?:\d+|an?) hours? ago"
    r"|(?:\d[\d.,]*k?|no) (?:comments?|shares?|views?|likes?))",
    r"(?:copyright|all rights reserved|terms (?:of (?:use|service)|and conditions)|privacy policy"
    r"|cookie policy)",
    r"(?:newsletters?|breaking news alerts?|top stories|latest news|most read|most popular|"
    r"trending(?: now)?|you may like|around the web|from the web|from our partners|"
    r"about the author)",
)
_NAVIGATION = re.compile(_NAVIGATION.pattern + r"[\W_]*$", re.IGNORECASE)
_SUPPORT = _any(
    r".{0,80}\bsupport (?:\w+ )?journalism\b(?=.*\b(?:subscri\w+|donat\w+|contribut\w+|member)\b)"
)
_CREDIT_ALONE = re.compile(
    r"[(\[](?:[^\W\d_a-z][\w.&'’-]*|(?:and|of|for|the|de|la|le|di|von|van)(?= )|[&/])"
    r"(?:[ /]+(?:[^\W\d_a-z][\w.&'’-]*|(?:and|of|for|the|de|la|le|di|von|van)(?= )|[&/])){0,5}[)\]]"
)
_MEDIA = re.compile(
    r"(?:video|watch|listen|photos|pictures|gallery|podcast|in (?:pictures|photos|video))\s*[:|]\s",
    re.IGNORECASE,
)
_HEADLINE_WORDS = 3
_LINK_TAIL = re.compile(
    r"(?<=[.!?\"”’)])\s+(?:(?:Also|ALSO|Must) (?:read|Read|READ)|R(?:ead|EAD) (?:more|MORE|also|"
    r"ALSO)|See also|SEE ALSO|Related|RELATED)"
    r"\s*(?:[:|»]\s[^.!?]{3,160}|\.{2,}|…|[»→>])\Z"
)
_MORE_FROM = re.compile(
    r"^\W*(?:read |see |get |watch )?more (?:from|in|on|by|at|about|stories (?:from|by|on))\b",
    re.IGNORECASE,
)
_PAGER = re.compile(
    r"^\W*(?:PREV|PREVIOUS|NEXT)(?: (?:POST|STORY|ARTICLE|PAGE|UP))?\b|^\W*(?:Previous|"
    r"Next) (?:post|story|article|Post|Story|Article)\b"
)


@lru_cache(maxsize=1024)
def is_promo(text: str) -> bool:
    """Is this line a link, a prompt, a credit or navigation, wherever it stands?"""
    if len(text) > _LONGEST_LETTERS or text.count(" ") >= _LONGEST:
        return is_invitation(text) or (text.startswith("(") and is_note(text))
    return any(rule(text) for rule in _RULES)


def drop_promos(lines: Sequence[TracedText]) -> list[TracedText]:
    """The lines that are the article, without the credits and links stuck to their ends."""
    kept: list[TracedText] = []
    listing = False
    for line in lines:
        promo = is_promo(line.text)
        listing = (promo and line.text.rstrip().endswith(":")) or (listing and _is_link(line.text))
        if not promo and not listing:
            kept.append(_without_tail(line))
    return [line for line in kept if line.text]


def drop_tail(lines: Sequence[TracedText]) -> list[TracedText]:
    """The lines without PREV and NEXT among the last three and without a credit as the last.

    "NEXT STEPS" is too short for a pager; a credit is a name in brackets: "(Harbour Wire)".
    """
    kept = list(lines)
    while any(_is_pager(line.text) for line in kept[-_TAIL_LINES:]):
        kept[-_TAIL_LINES:] = [line for line in kept[-_TAIL_LINES:] if not _is_pager(line.text)]
    while len(kept) > 1 and _CREDIT_ALONE.fullmatch(kept[-1].text):
        kept.pop()
    return kept


def is_media_headline(text: str) -> bool:
    """Could this be the headline of a film or of pictures, as "Video: Storm hits the old port"?"""
    found = _MEDIA.match(text)
    return (
        found is not None
        and count_words(text[found.end() :]) >= _HEADLINE_WORDS
        and not ends_sentence(text)
    )


def _is_link(text: str) -> bool:
    """Below "Read more:" a line that reads like another story's headline."""
    return count_words(text) in _LINK_WORDS and not re.search(r"[.,:;\"”]\W*$", text)


def _without_tail(line: TracedText) -> TracedText:
    in_brackets = line.text.rstrip().endswith(")")
    for pattern in (REPORTERS_LAST, _LINK_TAIL) if in_brackets else (_LINK_TAIL,):
        if found := pattern.search(line.text, max(len(line.text) - _LONGEST_TAIL, 0)):
            line = strip(cut(line, 0, found.start()))
    return line


def _is_pager(text: str) -> bool:
    return _PAGER.match(text) is not None and count_words(text) >= _TAIL_WORDS


def _is_more_from(text: str) -> bool:
    """Is this `More from the Herald` or its like: a few words, no sentence?"""
    if not _MORE_FROM.match(text):
        return False
    return count_words(text) <= _LINK_WORDS.stop and (
        bool(re.search(r"(?:\.{2,}|…|:)\W*$", text)) or not ends_sentence(text)
    )


def _is_stamp(text: str) -> bool:
    return find_clock_stamp(text) == len(text)


def _asks_for_support(text: str) -> bool:
    return "journalism" in text.lower() and _SUPPORT.match(text) is not None


_RULES: tuple[Callable[[str], object], ...] = (
    _LABELS.match,
    _CAPITAL_LABELS.match,
    _SHOUTED_LABELS.match,
    _PROMPTS.match,
    _NAVIGATION.match,
    _asks_for_support,
    claims_rights,
    is_caption,
    is_note,
    _is_more_from,
    _is_stamp,
    is_invitation,
)
