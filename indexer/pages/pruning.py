"""What stands among an article's paragraphs and is none of it, told by what its markup says it is.

Rules name kinds, in the words that page builders use for them, never a publisher. A wrapper that
holds much of the page is never taken out: its name then says where the article stands.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_KINDS = frozenset([
    *("newsletter", "newsletters", "subscribe", "subscription", "signup", "donate", "donation"),
    *("related", "recirc", "recirculation", "recommended", "recommendations", "trending"),
    *("readmore", "readnext", "alsoread", "outbrain", "taboola"),
    *("promo", "promotion", "promobox", "sponsored"),
    *("advert", "advertisement", "advertorial", "ads"),
    *("share", "sharing", "sharebar", "social", "comments", "commenting", "disqus"),
    *("disclaimer", "tooltip", "infobox", "factbox", "breadcrumb", "breadcrumbs", "pagination"),
    *("caption", "captions", "figcaption", "credit", "lightbox"),
    *("byline", "bylines", "bio", "toolbar", "cookie", "consent", "gdpr", "popup", "modal"),
])  # fmt: skip
_PHRASES = re.compile(
    r"visually-?hidden|sr-only|screen-reader|read-?(?:more|next|also)|also-?(?:read|like)"
    r"|sign-?up|more-?(?:from|on|stories)|author-?(?:bio|box|info|card|details)"
    r"|ad-?(?:slot|unit|label)|(?:twitter|bluesky)-(?:tweet|embed)|instagram-media|tiktok-embed|fb-post",
    re.IGNORECASE,
)
_PICTURE = frozenset([
    *("image", "images", "photo", "photos", "picture", "figure", "gallery", "slideshow", "media"),
])  # fmt: skip
_SIGHTS = ("img", "picture", "figure", "amp-img", "video", "noscript")
_MOST_SHARE = 0.3
_NAME = 3
"""Words that an id may have to be a name; a longer one is somebody's headline."""
_CAPTION = 600
"""Characters of text that may stand beside a picture in a box that is one."""
_TAGS = (
    *("div", "section", "aside", "p", "ul", "ol", "li", "span", "figure", "figcaption"),
    *("h2", "h3", "h4", "blockquote", "footer", "form", "details"),
)


def prune(tree: Any) -> None:
    """Take out of a page's tree what names itself as something else than the article."""
    most = _MOST_SHARE * max(_length(tree), 1)
    for element in list(tree.iter(*_TAGS)):
        if element.getparent() is not None and _is_other(element) and _length(element) < most:
            element.drop_tree()


def _is_other(element: Any) -> bool:
    if _is_notice(element) or element.tag == "figcaption":
        return True
    kind = _read_name(element.get("class") or "", element.get("id") or "")
    return kind == "other" or (kind == "picture" and _is_picture(element))


@lru_cache(maxsize=4096)
def _read_name(classes: str, identity: str) -> Literal["other", "picture", ""]:
    """What classes and an id say of an element; pages say the same thing many times."""
    words = _words(classes)
    if len(_WORD.findall(identity)) <= _NAME:
        words |= _words(identity)
        classes = f"{classes} {identity}"
    if words & _KINDS or _PHRASES.search(classes):
        return "other"
    return "picture" if words & _PICTURE else ""


def _is_notice(element: Any) -> bool:
    """A paragraph all in italics that links somewhere: an offer or a notice of the house."""
    if element.tag != "p" or (element.text or "").strip() or len(element) != 1:
        return False
    inner = element[0]
    return (
        inner.tag in {"em", "i"}
        and not (inner.tail or "").strip()
        and inner.find(".//a") is not None
    )


def _words(name: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(name)}


def _is_picture(element: Any) -> bool:
    if element.tag not in {"div", "figure", "section"}:
        return False
    return _length(element) < _CAPTION and any(True for _ in element.iter(*_SIGHTS))


def _length(element: Any) -> int:
    """Characters of text in an element that its paragraphs or it itself hold."""
    return sum(len(text) for text in _texts(element))


def _texts(element: Any) -> Iterator[str]:
    for each in element.iter():
        if isinstance(each.tag, str) and each.tag not in {"script", "style", "template"}:
            yield (each.text or "").strip()
        if each is not element:
            yield (each.tail or "").strip()
