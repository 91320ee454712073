from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import reading
from bot.activities import BadActivity, parse
from tests.fakes_teams import BOT_ID, an_activity

MENTION = {"type": "mention", "mentioned": {"id": BOT_ID, "name": "Safe (Bot)"}, "text": "<at>Safe (Bot)</at>"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<at>Safe (Bot)</at> my bookings", "my bookings"),
        ("<at>Safe (Bot)</at>&nbsp;my  bookings\r\n", "my bookings"),
        ('<at id="0">Safe (Bot)</at> my bookings', "my bookings"),
        ("please <at>Safe (Bot)</at> cancel", "please cancel"),
        ("\u00a0my\u00a0bookings\u200b", "my bookings"),
        ("ask <at>Bob</at> about it", "ask Bob about it"),
        ("is 3 &lt; 4 &amp; why", "is 3 < 4 & why"),
        ("<at>Safe (Bot)</at>", ""),
    ],
)
def test_only_the_words_remain(text: str, words: str) -> None:
    assert reading.typed_words(an_activity(text=text, entities=[MENTION])) == words


def test_mentions_that_are_not_what_they_should_be_are_left_alone() -> None:
    odd = [None, "mention", {"type": None}, {"type": "mention"}, {"type": "mention", "mentioned": "x"}]
    assert reading.typed_words(an_activity(text="hello", entities=odd)) == "hello"
    empty = {"type": "mention", "mentioned": {"id": BOT_ID}}
    assert reading.typed_words(an_activity(text="hello <at></at>", entities=[empty])) == "hello"


def test_a_place_that_is_not_known_counts_as_a_group() -> None:
    assert reading.place_of(an_activity(conversation={"id": "x"})) == "groupChat"
    assert reading.place_of(an_activity(conversation=None)) == "groupChat"


@pytest.mark.parametrize(
    ("kind", "is_file"),
    [
        ("image/png", True),
        ("image/*", True),
        ("video/mp4", True),
        ("application/vnd.microsoft.teams.file.download.info", True),
        ("application/pdf", True),
        ("reference", True),
        ("text/html", False),
        ("messageReference", False),
        ("application/vnd.microsoft.card.adaptive", False),
        ("", False),
    ],
)
def test_a_picture_is_told_from_the_words_that_come_as_html(kind: str, is_file: bool) -> None:
    said = reading.said_of(an_activity(text="", attachments=[{"contentType": kind, "name": "bruise.png"}]))
    assert said.files is is_file
    assert "bruise" not in repr(said)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    ["from", "recipient", "conversation", "value", "entities", "text", "id", "name", "channelData", "attachments"]
)


@given(st.dictionaries(FIELDS, ANYTHING), st.sampled_from(["message", "invoke"]))
def test_no_activity_at_all_breaks_the_reading(fields: dict[str, object], kind: str) -> None:
    activity = {**an_activity(kind), **fields}
    reading.is_for_us(activity)
    reading.said_of(activity)
    reading.sender_of(activity, "tenant")
    reading.whereabouts_of(activity, "tenant")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b"{}",
        b'{"type": 7}',
        b'{"type": "message", "value": NaN}',
        b'{"type": "message", "value": ' + b"9" * 5000 + b"}",
        b'{"type": ' + b"[" * 100_000,
        b"\xff\xfe\x00",
        b'{"type": "message", "text": "\xc3\x28"}',
    ],
)
def test_what_is_not_an_activity_is_refused(body: bytes) -> None:
    with pytest.raises(BadActivity):
        parse(body)


def test_characters_that_cannot_be_stored_are_replaced_wherever_they_are() -> None:
    activity = parse(b'{"type": "message", "a\\u0000b": ["\\ud83d", {"x": "\\ud83d\\ude00"}], "n": 1}')
    assert activity == {"type": "message", "a\ufffdb": ["\ufffd", {"x": "\U0001f600"}], "n": 1}


@pytest.mark.parametrize(
    "body",
    [
        b'{"type": "message", "text": "' + bytes([0xED, 0xA0, 0x80]) + b'"}',
        '{"type": "message"}'.encode("utf-16"),
        b'{"type": "message", "text": "\\u0000", "v": ' + b"[" * 700 + b"]" * 700 + b"}",
        b'{"type": "message", "n": NaN}',
    ],
    ids=["half a character", "another encoding", "nested beyond reason", "no number"],
)
def test_what_is_no_json_between_machines_is_refused(body: bytes) -> None:
    with pytest.raises(BadActivity):
        parse(body)


def test_a_mark_of_the_encoding_at_the_start_does_no_harm() -> None:
    assert parse('{"type": "message"}'.encode("utf-8-sig")) == {"type": "message"}
