"""Fifteen messy articles of our own, each with what a reader would keep of it."""

# typographic signs and other scripts are what is tested

from __future__ import annotations

import pytest

from dateline.documents import CleanArticle
from dateline.text.cleaning import clean_article
from dateline.text.spans import trace

ONE = "Divers found the bell of a sunken ferry off Tolva on Sunday."
TWO = "“We had looked for it for eleven years,” said Mira Holt, who led them."
THREE = "The bell will go to the island's museum in the autumn."
TITLE = "Divers find bell of lost ferry"
PLAIN = f"{TITLE}\n\n{ONE}\n{TWO}\n{THREE}"

ARTICLES = {
    "adverts and share buttons": f"""{TITLE}
Share
Facebook Twitter WhatsApp Email
{ONE}
Advertisement
{TWO}
Story continues below advertisement
{THREE}
Share this article
""",
    "links between paragraphs": f"""{TITLE}

{ONE}

Also read: Museum of Tolva closes its doors

{TWO}

READ MORE: Ten wrecks that were never found

{THREE}

Related: Ferry firm fined over lifeboats
""",
    "a list of links at the end": f"""{TITLE}
{ONE}
{TWO}
{THREE}
More from The Tolva Herald:
Ferry firm fined over lifeboats again
Ten wrecks that nobody has ever found
Why divers fear the northern channel
""",
    "stamps and by-line": f"""{TITLE} | The Tolva Herald
By Jon Reed
Published: 3 May 2019, 10:20 GMT
{ONE}
{TWO}
{THREE}
© 2019 The Tolva Herald. All rights reserved.
""",
    "newsletter prompts": f"""{TITLE}
{ONE}
Sign up for our weekly newsletter
{TWO}
Get the latest island news delivered to your inbox
{THREE}
Follow us on Instagram and Facebook
Download the Tolva Herald app
""",
    "captions and credits": f"""{TITLE}
Photo: Jon Reed / Islands Wire
{ONE}
The bell of the ferry on the quay of Tolva harbour

The bell of the ferry on the quay of Tolva harbour
{TWO}
Getty Images
{THREE}
""",
    "headline again and again": f"""Friday 3 May 2019 10:20 AM {TITLE} trends now

Friday 3 May 2019 10:20 AM {TITLE} trends now
{TITLE}
{ONE}
{TWO}
{THREE}
read more from tolvaherald.....
PREV Storm rips the roof off the old lighthouse ... trends now
NEXT Storm rips the roof off the old lighthouse ... trends now
""",
    "glued paragraphs": f"{TITLE}\n{ONE}{TWO}\n{THREE}",
    "a glued teaser": f"""{TITLE}
{ONE}
Museum of Tolva shuts its doors after ninety years of service{TWO}
{THREE}
""",
    "wire credits": f"""{TITLE}
{ONE}
{TWO}
{THREE} (Reporting by Jon Reed in Tolva; Editing by Ann Poe)
""",
    "carriage returns, tabs and unseen signs": (
        f"\ufeff{TITLE}\r\n\r\n\t{ONE}\r\n\r\n{TWO}\u200b\r\n\r\n{THREE}\x00\r\n"
    ),
    "broken encoding": PLAIN.replace("“", "â€œ").replace("”", "â€\x9d"),
    "social tail in capitals": f"""{TITLE}
{ONE}
{TWO}
{THREE}
WATCH: Divers bring up the bell
DON'T MISS: Ten wrecks that nobody ever found
RELATED ARTICLES
MORE FROM TOLVA: Ferry firm fined again
""",
    "markdown": f"# {TITLE}\n\n{ONE}\n\n{TWO}\n\n{THREE}\n",
    "emoji pointers and tips": f"""{TITLE}
{ONE}
👉 Read next: Ferry firm fined over lifeboats
{TWO}
Click here to see the pictures
{THREE}
Got a tip? Email our newsroom
Have your say in the comments below
3 comments
""",
}


@pytest.mark.parametrize("raw", ARTICLES.values(), ids=ARTICLES)
def test_a_messy_article_becomes_headline_and_three_paragraphs(raw: str) -> None:
    article = clean_article(trace(raw), None)
    assert isinstance(article, CleanArticle)
    assert article.text.text == PLAIN
    assert article.title == TITLE
    assert not article.truncated


def test_there_are_fifteen() -> None:
    assert len(ARTICLES) == 15
