"""Page furniture goes, lists and headings of the article stay, whatever the language."""

# ruff: noqa: RUF001  # typographic signs are what is tested

from __future__ import annotations

import pytest

from dateline.documents import CleanArticle, Span
from dateline.text.captions import is_caption
from dateline.text.cleaning import clean_article
from dateline.text.notes import is_note
from dateline.text.promos import is_promo
from dateline.text.spans import original_span, trace

HEADLINE = "Orlen council buys back the ferry line it sold ten years ago"
PROSE = (
    (
        "ORLEN, April 4 - The council of Orlen voted on Monday to buy back the ferry line "
        "that it sold to a private company ten years ago, and to keep its forty workers."
    ),
    (
        "The price was not made public, but two members of the council said that it was below"
        " what the town had been paid, since the boats are now old and need new engines."
    ),
    (
        "The mayor, Ada Brandt, told reporters that the ferries would sail again by the "
        "summer, with one boat every hour and a night boat for those who work in the mills."
    ),
    (
        "The company said it regretted the decision and would look for other routes in the "
        "north, where the winters are harder and fewer passengers travel."
    ),
)
LANGUAGES = {
    "French": [
        "Le conseil d’Orlen rachète la ligne de ferries qu’il avait vendue",
        (
            "Le conseil municipal d’Orlen a voté lundi le rachat de la ligne de ferries qu’il "
            "avait cédée à une entreprise privée il y a dix ans, et le maintien de ses quarante "
            "salariés."
        ),
        "Une décision attendue",
        (
            "Le prix n’a pas été rendu public, mais deux élus ont affirmé qu’il était inférieur à"
            " la somme reçue à l’époque, les bateaux étant désormais vieux."
        ),
        (
            "La maire, Ada Brandt, a déclaré que les ferries reprendraient la mer avant l’été, "
            "avec un bateau toutes les heures et un bateau de nuit pour les ouvriers."
        ),
    ],
    "German": [
        "Stadtrat von Orlen kauft die verkaufte Fähre zurück",
        (
            "Der Stadtrat von Orlen hat am Montag beschlossen, die Fährlinie zurückzukaufen, die "
            "vor zehn Jahren an ein privates Unternehmen verkauft wurde."
        ),
        "Alte Boote, neue Motoren",
        (
            "Der Preis wurde nicht genannt, zwei Mitglieder des Rates sagten aber, er liege unter"
            " dem damaligen Erlös, weil die Boote inzwischen alt seien."
        ),
        (
            "Bürgermeisterin Ada Brandt sagte, die Fähren würden noch vor dem Sommer wieder "
            "fahren, mit einem Boot in jeder Stunde und einem Nachtboot."
        ),
    ],
    "Spanish": [
        "El concejo de Orlen recompra la línea de transbordadores que vendió",
        (
            "El concejo de Orlen votó el lunes a favor de recomprar la línea de transbordadores "
            "que vendió hace diez años a una empresa privada, y de conservar a sus cuarenta "
            "empleados."
        ),
        "Barcos viejos",
        (
            "El precio no se hizo público, pero dos concejales dijeron que era inferior a lo que "
            "la ciudad recibió entonces, porque los barcos ya son viejos."
        ),
        (
            "La alcaldesa, Ada Brandt, dijo a la prensa que los barcos volverían a navegar antes "
            "del verano, con una salida cada hora y otra durante la noche."
        ),
    ],
    "Russian": [
        "Совет Орлена выкупает проданную паромную линию",
        (
            "Совет Орлена проголосовал в понедельник за выкуп паромной линии, которую он продал "
            "частной компании десять лет назад, и за сохранение сорока рабочих мест."
        ),
        "Старые паромы",
        (
            "Цена не была названа, но двое членов совета сказали, что она ниже той, что город "
            "получил тогда, поскольку паромы уже старые."
        ),
        (
            "Мэр Ада Брандт сообщила журналистам, что паромы снова выйдут в море до лета, по "
            "одному рейсу каждый час и с ночным рейсом для рабочих."
        ),
    ],
    "Ukrainian": [
        "Рада Орлена викуповує продану поромну лінію",
        (
            "Рада Орлена проголосувала в понеділок за викуп поромної лінії, яку вона продала "
            "приватній компанії десять років тому, і за збереження сорока робочих місць."
        ),
        "Старі пороми",
        (
            "Ціну не назвали, але двоє членів ради сказали, що вона нижча за ту, яку місто "
            "отримало тоді, оскільки пороми вже старі."
        ),
        (
            "Міська голова Ада Брандт повідомила журналістам, що пороми знову вийдуть у море до "
            "літа, по одному рейсу щогодини і з нічним рейсом для робітників."
        ),
    ],
}


def _lines(*lines: str) -> list[str]:
    article = clean_article(trace("\n".join(lines)), None)
    assert isinstance(article, CleanArticle)
    return [line for line in article.text.text.split("\n") if line]


def test_what_stands_around_an_article_on_its_page_goes() -> None:
    page = [
        "Business | Shipping",
        HEADLINE,
        "Jo Sample",
        "4 April 2023 9:33pm",
        "Facebook Twitter WhatsApp",
        *PROSE,
        "Shipping",
        "More Business Stories",
        "Bakers of Sarn walk out for the third time in a month",
        "Lorry driver finds lost painting behind a wardrobe in Tolm",
        "You have to be a registered reader before you comment here",
        "Sign up for our morning newsletter",
    ]
    assert _lines(*page) == [HEADLINE, *PROSE]


def test_a_clean_article_stays_whole() -> None:
    assert _lines(HEADLINE, *PROSE) == [HEADLINE, *PROSE]


def test_subheadings_and_the_articles_own_list_stay() -> None:
    article = [
        HEADLINE,
        PROSE[0],
        "Old boats, new engines",
        PROSE[1],
        "The new timetable, as the council published it:",
        "Orlen to Sarn: every hour from six",
        "Sarn to Tolm: twice a day",
        "Tolm to Orlen: once at night",
        PROSE[2],
        PROSE[3],
    ]
    assert _lines(*article) == article


def test_short_rows_below_an_article_without_any_link_stay() -> None:
    rows = ["Orlen 3", "Sarn 1", "Tolm v Braal", "Hask v Linde", "Mure v Orlen"]
    assert _lines(HEADLINE, *PROSE, *rows) == [HEADLINE, *PROSE, *rows]


def test_rows_that_begin_with_recurring_labels_stay() -> None:
    rows = [
        line
        for boat in ("Heron", "Gull", "Tern", "Swift")
        for line in (boat, "Built: 1998", "Seats: 120", "Crew: 6")
    ]
    kept = _lines(HEADLINE, *PROSE, *rows, "Related: The bridge that was never built")
    assert kept == [HEADLINE, *PROSE, *rows]


def test_the_place_alone_above_the_first_paragraph_stays() -> None:
    assert _lines(HEADLINE, "ORLEN, Wash. —", *PROSE)[1] == "ORLEN, Wash. —"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_of_another_language_stays_whole(language: str) -> None:
    assert _lines(*LANGUAGES[language]) == LANGUAGES[language]


def test_a_text_of_too_little_prose_keeps_every_line() -> None:
    offers = ["Deals of the day", "Kettle, 20", "Lamp, 12", "Chair with arms, 40", "Desk, 90"]
    assert _lines(*offers) == offers


def test_what_is_left_out_is_still_in_the_original() -> None:
    text = "\n".join([HEADLINE, "Jo Sample", *PROSE])
    article = clean_article(trace(text), None)
    assert isinstance(article, CleanArticle)
    at = article.text.text.index("The price")
    place = original_span(article.text.runs, Span(at, at + len(PROSE[1])))
    assert place is not None
    assert text[place.start : place.end] == PROSE[1]


@pytest.mark.parametrize(
    "text",
    [
        "FILE - The old ferry leaves Orlen at dusk.",
        "Passengers wait in the harbour of Orlen. Photograph: A Sample/Reuters",
        "The mayor on the quay Jo Sample/GC Images",
        "Smoke is seen over the mill in this picture obtained from a witness.",
        "Ada Example reads to her son in Orlen, Alabama, April 14, 2024.",
        "(AP Photo/Jo Sample)",
    ],
)
def test_a_caption_is_known_by_its_wording(text: str) -> None:
    assert is_caption(text)


@pytest.mark.parametrize(
    "text",
    [
        "Orlen faces elections on March 3, 2024.",
        "He was born in Orlen, Texas, March 3, 1960.",
        "A Reuters/Ipsos poll put him ahead.",
        "The file was sent to the court on Monday.",
    ],
)
def test_a_sentence_with_a_date_or_an_agency_is_no_caption(text: str) -> None:
    assert not is_caption(text)


@pytest.mark.parametrize(
    "text",
    [
        "(Adds details, quotes)",
        "(Updates with the owner's answer in last paragraph.)",
        "--With assistance from Jo Sample.",
        "Additional reporting by Jo Sample in Orlen",
    ],
)
def test_a_newsrooms_note_goes(text: str) -> None:
    assert is_note(text)


def test_a_correction_that_states_a_fact_is_no_mere_note() -> None:
    assert not is_note("(Corrects the year of the sale in the second paragraph to 2013)")


@pytest.mark.parametrize(
    "text",
    [
        "When you order a boat through this page, we get a small commission.",
        "You must log in before you comment.",
        "This is a developing story, check back for updates.",
        "Most read in Business",
        "3 minute read",
    ],
)
def test_what_a_page_says_to_its_reader_goes(text: str) -> None:
    assert is_promo(text)


@pytest.mark.parametrize(
    "text",
    [
        "If you buy a house in Orlen you pay a tax of two per cent.",
        "You must stop the engine before you leave the boat.",
        "This is a story about a town and its river.",
    ],
)
def test_a_sentence_that_begins_like_a_prompt_stays(text: str) -> None:
    assert not is_promo(text)


@pytest.mark.parametrize(
    ("glued", "parts"),
    [
        (
            "He was born in Tolmhaven.Brandt went to school there.",
            ["He was born in Tolmhaven.", "Brandt went to school there."],
        ),
        (
            "It was sold in 2003.The price is unknown.",
            ["It was sold in 2003.", "The price is unknown."],
        ),
        (
            "So the engineers said.NASA engineers agree with it.",
            ["So the engineers said.", "NASA engineers agree with it."],
        ),
    ],
)
def test_two_sentences_that_were_glued_are_parted(glued: str, parts: list[str]) -> None:
    assert _lines(HEADLINE, *PROSE[:2], glued, PROSE[2])[3:5] == parts


@pytest.mark.parametrize("name", ["Drive.Ai", "Booking.Com", "Prof.Brandt", "St.John"])
def test_a_name_with_a_stop_in_it_is_not_parted(name: str) -> None:
    line = f"The council asked {name} for its opinion of the sale on Monday."
    assert line in _lines(HEADLINE, PROSE[0], line, *PROSE[1:])


def test_another_storys_headline_glued_to_a_paragraph_goes() -> None:
    glued = "Nurses walk out in longest stoppage for a decade" + PROSE[1]
    assert _lines(HEADLINE, PROSE[0], glued, *PROSE[2:]) == [HEADLINE, *PROSE]


def test_a_subheading_glued_to_its_paragraph_becomes_a_line() -> None:
    heading = "What the council will pay for the old boats"
    lines = _lines(HEADLINE, PROSE[0], heading + PROSE[1], *PROSE[2:])
    assert lines == [HEADLINE, PROSE[0], heading, *PROSE[1:]]


def test_capitals_inside_words_of_a_language_that_spells_so_part_nothing() -> None:
    lines = [
        "Umkhandlu wase-Orlen uthenga umugqa wezikebhe owawuthengisa eminyakeni eyishumi",
        (
            "Umkhandlu wase-Orlen uvote ngoMsombuluko ukuthenga umugqa wezikebhe owawuthengise "
            "enkampanini yangasese eminyakeni eyishumi edlule kwaZulu nakuleli."
        ),
        (
            "Imeya u-Ada Brandt utshele abezindaba ukuthi izikebhe zizophinde zihambe ngoJuni, "
            "kube nesikebhe ngehora kanye nesasebusuku sabasebenzi base-Orlen."
        ),
    ]
    assert _lines(*lines) == lines
