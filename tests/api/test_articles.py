from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fake_reader import BODY, FakeReader, make_original

from dateline.documents import Run

if TYPE_CHECKING:
    from starlette.testclient import TestClient

ARTICLE = "/v1/articles/The%20Post:1"


def test_an_article_is_answered_whole_and_its_offsets_count_in_its_text(
    client: TestClient,
) -> None:
    article = client.get(ARTICLE).json()
    text, mention = article["text"], article["mentions"][0]

    assert article["published_at"] == "2022-09-27"
    assert article["people"] == ["Ada Byron"]
    assert text[mention["start"] : mention["end"]] == mention["form"] == "Ada Byron"
    assert text[article["body_start"] :] == BODY
    assert [sentence["rank"] for sentence in article["sentences"]] == [1, 0, 2]
    assert not {"people_keys", "content_hash", "revision"} & set(article)


def test_a_summary_is_whole_sentences_with_their_places(client: TestClient) -> None:
    text = client.get(ARTICLE).json()["text"]
    summary = client.get(f"{ARTICLE}/summary?words=5").json()

    assert [each["position"] for each in summary["sentences"]] == [1]
    assert summary["method"] == "dateline-centroid-mmr/2"
    assert summary["words"] == 9
    for each in summary["sentences"]:
        assert text[each["start"] : each["end"]] == each["text"]


def test_a_summary_can_be_asked_for_by_sentences(client: TestClient) -> None:
    summary = client.get(f"{ARTICLE}/summary?sentences=2").json()

    assert [each["position"] for each in summary["sentences"]] == [0, 1]


def test_a_focus_keeps_to_sentences_about_it_or_says_that_there_are_none(
    client: TestClient,
) -> None:
    found = client.get(f"{ARTICLE}/summary?focus=Byron").json()
    missed = client.get(f"{ARTICLE}/summary?focus=Zanzibar").json()

    assert all("Byron" in each["text"] for each in found["sentences"])
    assert missed["sentences"] == []
    assert "Zanzibar" in missed["note"]


@pytest.mark.parametrize("summarizer", ["lead", "lexrank", "luhn"])
def test_another_summarizer_says_its_name(client: TestClient, summarizer: str) -> None:
    summary = client.get(f"{ARTICLE}/summary?summarizer={summarizer}").json()

    assert summarizer in summary["method"]
    assert summary["sentences"]


def test_text_comes_back_byte_for_byte_as_plain_text(
    client: TestClient, reader: FakeReader
) -> None:
    content = "caf\xe9\r\n\x00 <script>alert(1)</script>".encode("latin-1")
    reader.originals["a:1"] = make_original(
        content=content, encoding="windows-1252", media_type="text/html", location="ärt/1.html:7"
    )

    answer = client.get("/v1/articles/a:1/raw")

    assert answer.content == content
    assert answer.headers["content-type"] == "text/plain; charset=windows-1252"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-dateline-location"] == "%C3%A4rt/1.html:7"
    assert answer.headers["x-dateline-media-type"] == "text/html"
    assert answer.headers["x-dateline-encoding"] == "windows-1252"


def test_a_byte_order_mark_comes_back_too_and_browsers_are_told_a_charset_they_know(
    client: TestClient, reader: FakeReader
) -> None:
    reader.originals["a:1"] = make_original(content=b"\xef\xbb\xbfabc", encoding="utf-8-sig")

    answer = client.get("/v1/articles/a:1/raw")

    assert answer.content == b"\xef\xbb\xbfabc"
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_what_is_no_text_comes_back_as_a_file(client: TestClient, reader: FakeReader) -> None:
    reader.originals["a:1"] = make_original(
        content=b"\x89PNG\r\n", encoding="", media_type="image/png"
    )

    answer = client.get("/v1/articles/a:1/raw")

    assert answer.content == b"\x89PNG\r\n"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment"


def test_a_line_end_in_a_location_cannot_make_a_header(
    client: TestClient, reader: FakeReader
) -> None:
    reader.originals["a:1"] = make_original(location="a\r\nSet-Cookie: x=1", encoding="u\r\nX: 1")

    answer = client.get("/v1/articles/a:1/raw")

    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert "x" not in answer.headers


def test_the_status_tells_what_is_in_the_archive(client: TestClient) -> None:
    status = client.get("/v1/status").json()

    assert (status["articles"], status["originals"]) == (25, 26)
    assert (status["first_published"], status["last_published"]) == ("2022-09-27", "2022-09-27")
    assert status["refused"] == {"unusable:empty": 1}
    assert status["last_run"]["counts"] == {"indexed": 25}


def test_given_texts_are_summarised_together_and_cleaned_before(client: TestClient) -> None:
    first = (
        "Ships wait off the port.\n\nThe strike of the pilots went into its second week on Friday."
    )
    second = "The pilots of the port want more pay, said their union on Friday.\n\nRead more"

    summary = client.post("/v1/summaries", json={"texts": [first, second], "words": 40}).json()

    assert {each["document"] for each in summary["sentences"]} == {0, 1}
    assert summary["words"] == sum(len(each["text"].split()) for each in summary["sentences"])
    assert not any("Read more" in each["text"] for each in summary["sentences"])


def test_a_given_title_never_stands_in_the_summary(client: TestClient) -> None:
    title = "Harbour to close for two winters"
    text = f"{title}\n\nThe council decided so on Tuesday. Boats will land elsewhere until then."

    summary = client.post("/v1/summaries", json={"text": text, "title": title}).json()
    shown = " ".join(each["text"] for each in summary["sentences"])

    assert title not in shown
    assert "council" in shown


def test_an_original_is_shown_in_pieces_beside_what_was_kept(
    client: TestClient, reader: FakeReader
) -> None:
    document = reader.documents[0]
    text, waste = document.text, "Share this! "
    reader.originals[document.id] = make_original(
        id=document.id,
        content=(waste + text).encode(),
        span_map=(Run(0, len(waste), len(text)),),
    )

    answer = client.get(f"/v1/articles/{document.id}/raw?format=segments").json()

    assert answer["segments"] == [
        {"text": waste, "kept": False, "start": None, "end": None, "stored": None},
        {"text": text, "kept": True, "start": 0, "end": len(text), "stored": None},
    ]


def test_a_refused_original_is_left_out_whole_and_says_why(
    client: TestClient, reader: FakeReader
) -> None:
    reader.originals["x:1"] = make_original(
        id="x:1", content=b"Menu", outcome="unusable", code="no_body", reason="no body"
    )

    answer = client.get("/v1/articles/x:1/raw?format=segments").json()

    assert (answer["outcome"], answer["code"]) == ("unusable", "no_body")
    assert [(each["text"], each["kept"]) for each in answer["segments"]] == [("Menu", False)]
