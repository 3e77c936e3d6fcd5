# ruff: noqa: RUF001  # typographic signs and other scripts are what is tested

from __future__ import annotations

import pytest

from dateline.text.promos import drop_promos, drop_tail, is_promo
from dateline.text.spans import trace


@pytest.mark.parametrize(
    "line",
    [
        "Also read: Storm closes the northern port",
        "Also Read Storm closes the northern port",
        "READ ALSO: Storm closes the northern port",
        "Read more: Storm closes the northern port",
        "READ MORE Storm closes the northern port",
        "read more from harbourtimes.....",
        "More from the Harbour Times",
        "See more from Islands Wire",
        "See also: Storm closes the northern port",
        "Related: Storm closes the northern port",
        "Related Articles",
        "Recommended stories",
        "You may also like:",
        "Don’t miss: The ten best piers",
        "WATCH: Drone footage of the pier",
        "MORE: Ten piers to see before you die",
        "👉 Read next: Storm closes the northern port",
        "Click here to subscribe",
        "Photo: Ada Quill / Islands Wire",
        "Image credit: Ada Quill",
        "(AP Photo/Ada Quill)",
        "Getty Images",
        "Sign up for our harbour newsletter",
        "Sign up here to get the morning briefing in your inbox",
        "Subscribe to our YouTube channel",
        "Follow us on Twitter and Facebook",
        "Follow Ada Quill on Twitter @adaquill",
        "To contact the editors of this page: Ada Quill in Port Vila",
        "(Reporting by Ada Quill; Editing by Bo Vane)",
        "Reporting by Ada Quill and Bo Vane; Editing by Cy Moor",
        "© 2021 Islands Wire. All rights reserved.",
        "Copyright 2021 The Harbour Times",
        "Advertisement",
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "Share this article on Facebook",
        "Facebook Twitter WhatsApp Email",
        "3 min read",
        "Download the Harbour Times app",
        "For more news from the islands, visit our website",
        "Got a tip? Email the newsroom.",
        "This article was originally published in The Harbour Times.",
        "Have your say in the comments below",
        "Read | Storm closes the northern port",
        "Trending Stories",
        "Tags: pier, storm",
        "Image caption Waves break over the pier",
        "Updated 3 min ago",
        "Representational image",
        "Comments (12)",
        "1.2k shares",
        "SCROLL DOWN FOR VIDEO",
        "Home > Islands > Port Vila",
        "Want more? Sign up for our newsletter",
        "To read more, click here",
        "We use cookies to improve your experience.",
        "Lire aussi : La tempête ferme le port",
        "Lesen Sie auch: Sturm schließt den Hafen",
        "Читайте также: Шторм закрыл порт",
    ],
)
def test_a_link_prompt_credit_or_navigation_line_is_a_promo(line: str) -> None:
    assert is_promo(line)


@pytest.mark.parametrize(
    "line",
    [
        "Next month's Budget will decide the fate of the pier.",
        "Previous storms had spared the harbour.",
        "Subscribers to the service will pay more from June.",
        "Read more books, say teachers.",
        "Reading by candlelight was common on the islands.",
        "Related costs rose by a tenth.",
        "More from the north than from the south voted against.",
        "More than 200 people took part.",
        "See more evidence of this in the south, he said.",
        "Watchdog probes harbour deal",
        "Watch sales rose in Switzerland.",
        "Also read by millions, the book was filmed twice.",
        "Sign up or lose your job, the workers were told.",
        "Follow the money and you find the council.",
        "Photographs of the pier were shown in court.",
        "Picture this: a pier without a sea.",
        "Advertisement revenue fell by a tenth.",
        "Share prices fell on Friday.",
        "Copyright law will change in 2021.",
        "(c) the third condition was never met.",
        "Reporting by Human Rights Watch suggests that many fled.",
        "Editing by hand is slow.",
        "Contact with the ferry was lost at noon.",
        "Recommended by the council, the plan went ahead.",
        "The reporter was told to stay away.",
        "For more than 20 years the pier stood empty.",
        "Getting the latest figures took the council a month.",
        "Follow-up tests are planned.",
        "Emails show that the mayor knew.",
        "Lire est un plaisir, dit le maire.",
        "Topics ranged from the pier to the storm.",
        "Live news reached the island by radio.",
        "Image caption writers are rare.",
        "Comments by the mayor were published.",
        "To get more boats, the island asked the navy.",
        "Updated plans were shown on Friday.",
        "NEXT STEPS",
        "1.2m shares were sold.",
    ],
)
def test_a_sentence_that_only_begins_like_one_is_not(line: str) -> None:
    assert not is_promo(line)


def _dropped_to(*lines: str) -> list[str]:
    return [line.text for line in drop_promos([trace(line) for line in lines])]


def test_headlines_listed_under_a_label_go_until_prose_begins() -> None:
    kept = _dropped_to("More from Ada:", "Ten piers to see before you die", "The council met.")
    assert kept == ["The council met."]


def test_a_crosshead_under_a_label_stays() -> None:
    assert _dropped_to("Read more:", "Long road ahead", "It met.") == ["Long road ahead", "It met."]


def test_credits_and_links_stuck_to_the_end_of_a_paragraph_go() -> None:
    assert _dropped_to("It closed on Friday. (Reporting by Ada Quill; Editing by Bo Vane)") == [
        "It closed on Friday."
    ]
    assert _dropped_to("It closed on Friday. Read more: Ten piers to see") == [
        "It closed on Friday."
    ]


def test_brackets_at_the_end_of_a_paragraph_that_name_no_reporter_stay() -> None:
    line = "It closed on Friday (a day before the reporting by the council ended)."
    assert _dropped_to(line) == [line]


def test_pager_lines_go_only_at_the_end() -> None:
    pager = trace("NEXT Shock as ferry runs aground in the north")
    previous = trace("PREV Shock as ferry runs aground in the south")
    prose = [trace("One."), trace("Two."), trace("Three.")]
    assert drop_tail([*prose, previous, pager]) == prose
    assert drop_tail([pager, *prose]) == [pager, *prose]
    assert drop_tail([*prose, trace("NEXT STEPS")]) == [*prose, trace("NEXT STEPS")]


@pytest.mark.parametrize(
    "line",
    [
        "Follow us for more",
        "Don't miss a story: sign up for our alerts",
        "Never miss another story. Subscribe to our newsletter.",
        "Popular: How to grow tomatoes on a balcony",
        "Popular now: Storm closes the port",
        "Most read: Ten piers to see",
        "Trending now: The mayor's new hat",
        "In pictures: The storm at the pier",
        "NOW WATCH: Why piers fall",
        "Listen: The sound of the pier",
        "Podcast: The week at the port",
        "For more stories about piers, do visit us at lamp.example",
        "More harbour news: https://lamp.example/harbour",
        "Follow Ada Quill at https://lamp.example/quill",
        "Ada Quill on Twitter: www.lamp.example/quill",
        "Source: https://lamp.example/pier",
        "https://lamp.example/pier.jpg",
        "See original article on lamp.com",
    ],
)
def test_prompts_and_links_that_crawls_leave_behind_are_promo(line: str) -> None:
    assert is_promo(line)


@pytest.mark.parametrize(
    "line",
    [
        "Follow us, the boatman said, and we followed him to the pier.",
        "Don't miss the boat, the mayor told the council on Friday.",
        "Popular with walkers, the pier was rebuilt in 1880.",
        "Most read the letter and wept, she said.",
        "Trending now means little in a town without a network.",
        "In pictures of the storm the pier can hardly be seen.",
        "Source: the harbour council, which counted the boats in June.",
        "For more articles the council paid nothing.",
        "More harbour news came on Friday: the crane had fallen.",
        "See how the pier was built.",
        "@ the pier",
    ],
)
def test_prose_that_begins_like_a_prompt_stays(line: str) -> None:
    assert not is_promo(line)


def test_read_more_goes_from_the_end_of_a_paragraph() -> None:
    prose = "The pier was shut on Friday."
    assert [line.text for line in drop_promos([trace(f"{prose} Read more...")])] == [prose]
    whole = "The mayor wants the town to read more."
    assert [line.text for line in drop_promos([trace(whole)])] == [whole]


@pytest.mark.parametrize(
    "line",
    [
        "The old quay at low tide (pictured)",
        "Marta Ilves (pictured, left) with two of her captains",
        "Harbour master Jon Sand (pictured, right) and councillor Eva Roth (centre)",
        "Protesters gathered outside the town hall on Tuesday (pictured)",
        "Pictured from left are Odo Brandt, Lise Kern and Jon Sand",
        "Left to right: Odo Brandt, Lise Kern and Jon Sand",
        "Lise Kern, pictured with her dog at the harbour",
        "The ferry Aurora (above) in the basin",
        "Councillor Eva Roth (left) and Jon Sand",
        "The ferry left the old quay on Tuesday. (Image: Odo Brandt)",
        "Old quay (Photo by Odo Brandt)",
    ],
)
def test_a_line_that_says_who_is_pictured_is_a_caption(line: str) -> None:
    assert is_promo(line)


@pytest.mark.parametrize(
    "line",
    [
        "Councillor Roth (pictured above) voted against the plan.",
        "Jon Sand (pictured), who runs the port, said:",
        "Jon Sand (pictured) said the basin would",
        "From left to right, the parties want a new pier.",
        "Harbour Party (left)",
        "The council (left) and the fleet (right) both asked for a smaller pier.",
        "What the pier costs (and who pays for it)",
        "Picture the harbour at low tide, with no boat in it",
    ],
)
def test_prose_about_somebody_who_is_pictured_is_none(line: str) -> None:
    assert not is_promo(line)


@pytest.mark.parametrize(
    "line",
    [
        "Get the biggest stories on our WhatsApp channel by clicking here.",
        "You can also join our free WhatsApp channel and never miss a story.",
        "Don't miss a thing! Join our WhatsApp group today.",
        "The Harbour Post is on WhatsApp. Join us now and get the news sent to your phone.",
        "Harbour Post is now on WhatsApp – sign up here",
        "We have a new WhatsApp channel: tap here to follow it",
        "To get breaking news alerts, join our Telegram channel.",
        "Receive the news as it happens: join us on Telegram",
        "Harbour Post has launched a WhatsApp channel. Click here to join.",
        "Read the latest on our WhatsApp channel",
        "Get Harbour Post news on WhatsApp",
        "We're on WhatsApp! Tap to follow for breaking news.",
        "Folgen Sie uns auf WhatsApp",
        "Síguenos en nuestro canal de WhatsApp",
        "This article contains affiliate links, we may earn a commission.",
        "Get our top stories sent to your phone by joining our WhatsApp community here. "
        + "We also treat members to special offers and adverts from us and our partners. " * 5,
    ],
)
def test_an_invitation_to_the_newsroom_s_own_channel_is_a_prompt(line: str) -> None:
    assert is_promo(line)


@pytest.mark.parametrize(
    "line",
    [
        "The minister asked his supporters to join his Telegram channel on Monday.",
        "The fishermen wrote to their neighbours: “Join our WhatsApp group and bring a boat.”",
        "We follow our children on WhatsApp, as most parents in the harbour do.",
        "Neighbours in our WhatsApp group told me that the ferry would not sail.",
        "The company is on WhatsApp and Telegram, where it answers its passengers.",
        "To join the channel costs nothing, WhatsApp said on Tuesday.",
        "Get used to it: the ferry company now answers on WhatsApp and by letter.",
        "The ministry has launched a WhatsApp channel for fishermen.",
    ],
)
def test_prose_about_a_messenger_is_none(line: str) -> None:
    assert not is_promo(line)
