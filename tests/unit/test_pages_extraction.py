"""The article of a page: its lines, what stands among them, and pages that are none."""

# ruff: noqa: E501  # HTML is as long as it is

from __future__ import annotations

import pytest
from trafilatura.utils import load_html
from unit.written_pages import ARTICLE, PARAGRAPHS, READ, TITLE, write_page

from dateline.documents import RawArticle, Unusable
from indexer.pages.extraction import extract_article
from indexer.pages.slimming import MAX_TAGS, MAX_TEXT
from indexer.pages.supplementing import supplement
from indexer.sources import SourceOptions
from indexer.sources.html_pages import read_page

UNDATED = {name: value for name, value in ARTICLE.items() if not name.startswith("date")}
STORY = "Another story that this paper would like its readers to go on with after the ferry"


def extract(source: str) -> RawArticle | Unusable:
    article = read_page(source.encode(), "page.html", SourceOptions())
    assert isinstance(article, RawArticle)
    return extract_article(article)


def lines_of(source: str) -> list[str]:
    article = extract(source)
    assert isinstance(article, RawArticle)
    for run in article.body.runs:
        if run.original_length is None:
            there = source[run.original_start : run.original_start + run.length]
            assert there == article.body.text[run.start : run.start + run.length]
    return [line for line in article.body.text.split("\n\n") if line != TITLE]


def code_of(source: str) -> str:
    found = extract(source)
    assert isinstance(found, Unusable), found.body.text
    return found.code


def test_the_paragraphs_are_the_article() -> None:
    assert lines_of(write_page()) == list(READ)


@pytest.mark.parametrize(
    "block",
    [
        f'<div class="related-links"><p>{STORY}</p></div>',
        f'<section class="c-newsletterSignup"><p>{STORY}. Your address, please, and press the button.</p></section>',
        f'<figure><img src="a.jpg"><figcaption>{STORY}, photographed on Monday.</figcaption></figure>',
        f'<div class="image-box"><img src="a.jpg"><p>{STORY}, photographed on Monday.</p></div>',
        f'<ul class="share-bar"><li>{STORY}</li></ul>',
        f'<div id="comments"><p>{STORY}, said a reader whose name we do not know.</p></div>',
        f'<p class="visually-hidden">{STORY}.</p>',
        f'<blockquote class="twitter-tweet"><p>{STORY}</p>Somebody, 1 March 2024</blockquote>',
        f'<p><em>{STORY}: <a href="/offers">sign here</a> for our letters.</em></p>',
        f'<div class="AuthorBio"><p>{STORY}, and writes for this paper.</p></div>',
    ],
)  # fmt: skip
def test_what_names_itself_as_something_else_is_left_out(block: str) -> None:
    first, *others = PARAGRAPHS
    body = "</p>".join([first, f"{block}<p>{others[0]}", *(f"<p>{text}" for text in others[1:])])
    assert lines_of(write_page(body)) == list(READ)


def test_a_wrapper_of_the_whole_article_is_kept_whatever_its_name() -> None:
    page = write_page().replace('class="article-body"', 'class="social related promo"')
    assert lines_of(page) == list(READ)


def test_an_id_that_is_a_headline_names_nothing() -> None:
    page = write_page().replace("<p>The company", '<p id="what-to-share-on-the-ferry">The company')
    assert lines_of(page) == list(READ)


def test_the_standfirst_is_the_first_line() -> None:
    stated = str(ARTICLE["description"])
    assert lines_of(write_page(above=f"<h2>{stated}</h2>"))[0] == stated
    said = "The crew argued for an hour while the visitors waited on the pier in the rain."
    assert lines_of(write_page(above=f'<div class="c-standfirst">{said}</div>'))[0] == said


def test_paragraphs_in_further_boxes_of_the_same_kind_belong_to_it() -> None:
    boxes = "".join(
        f'<div class="grid"><div class="body-chunk">{"".join(f"<p>{n} {text}</p>" for n in "12345")}'
        "</div></div>"
        for text in PARAGRAPHS
    )
    page = write_page(PARAGRAPHS[0]).replace('<div class="article-body">', f"{boxes}<div>")
    lines = lines_of(page)
    assert {f"{n} {text}" for n in "12345" for text in READ} <= set(lines)


def test_paragraphs_below_another_headline_belong_to_another_article() -> None:
    further = "".join(f"<p>{n}: {STORY}, which is told here at the same length.</p>" for n in "123")
    more = f'<h1>Another headline</h1><div class="article-body">{further}</div>'
    page = write_page().replace("</article>", "").replace("<article>", "")
    assert lines_of(page.replace("</main>", f"{more}</main>"))[: len(READ)] == list(READ)
    lines = supplement(load_html(page.replace("</main>", f"{more}</main>")), READ, [])
    assert lines == []


def test_list_items_and_breaks_are_lines_of_their_own() -> None:
    items = "<ul><li>A second boat for the summer</li><li>A new pier by next year</li></ul>"
    lines = lines_of(write_page(*PARAGRAPHS).replace("</p>\n</div>", f"</p>{items}</div>"))
    assert lines[-2:] == ["A second boat for the summer", "A new pier by next year"]
    broken = write_page("<br><br>".join(PARAGRAPHS))
    assert lines_of(broken) == list(READ)


def test_a_barrier_with_a_stub_is_refused() -> None:
    locked = {**ARTICLE, "isAccessibleForFree": False}
    assert code_of(write_page(PARAGRAPHS[0], node=locked)) == "paywall"
    assert lines_of(write_page(node={**ARTICLE, "isAccessibleForFree": "False"})) == list(READ)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Page not found", "error_page"),
        ("Just a moment...", "error_page"),
        ("Access Denied", "error_page"),
        ("403 Forbidden", "error_page"),
        ("Before you continue to our pages", "consent"),
        ("Privacy settings", "consent"),
    ],
)
def test_doors_and_errors_are_told_by_their_titles(title: str, code: str) -> None:
    node = {"@type": "WebPage"}
    assert code_of(write_page(title=title, node=node)) == code
    assert lines_of(write_page(title=title, node={**ARTICLE, "headline": title}))


def test_an_article_about_such_a_thing_is_one() -> None:
    for title in ("Forbidden love on the pier", "Consent laws change", "404 days without a ferry"):
        assert len(lines_of(write_page(title=title, node={**UNDATED, "headline": title}))) >= 4


def test_a_list_of_links_is_no_article() -> None:
    links = [f'<a href="/{n}">{n}: {STORY}</a>' for n in range(12)]
    assert code_of(write_page(*links, node={})) == "index_page"
    front = '<link rel="canonical" href="https://post.example/?page=1">'
    assert code_of(write_page(node={}, head=front)) == "index_page"


def test_a_page_without_text_is_no_article() -> None:
    assert code_of("<html><body><img src=a.jpg></body></html>") == "no_body"
    assert code_of(write_page("Look at this ferry.", node={})) == "no_body"


def test_more_than_a_page_may_hold_is_refused() -> None:
    assert code_of(write_page(below="<br>" * MAX_TAGS)) == "too_complex"
    assert code_of(write_page("word " * (MAX_TEXT // 5 + 1))) == "too_long"
