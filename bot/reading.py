"""What a verified activity says, in the product's words: who, where, and what. Decides nothing and sends nothing."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping

from bot.activities import RawActivity, mapping, words
from dialogs.talk import Said
from services.model import Place, Sender, Whereabouts

_AT_TAG = re.compile(r"</?at\b[^<>]*>", re.IGNORECASE)
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x7f\u200b\u2060\ufeff]")
_FILE = re.compile(r"(?:image|video|audio)(?:/|$)|reference$|application/(?!vnd\.microsoft\.card)")
_PLACES = {place.value: place for place in Place}


def place_of(raw: RawActivity) -> Place:
    """Where it was said. What is not known to be personal counts as a group: nothing personal is shown there."""
    return _PLACES.get(words(mapping(raw.get("conversation")).get("conversationType")), Place.GROUP)


def whereabouts_of(raw: RawActivity, tenant_id: str) -> Whereabouts:
    """What is needed to reach this conversation again. The newest service URL always wins."""
    return Whereabouts(
        conversation_id=words(mapping(raw.get("conversation")).get("id")),
        service_url=words(raw.get("serviceUrl")),
        place=place_of(raw),
        tenant_id=tenant_id,
        bot_id=bot_id_of(raw),
    )


def sender_of(raw: RawActivity, tenant_id: str) -> Sender | None:
    """Who did it, or None for a guest or an anonymous visitor: without an Entra id nobody can be known."""
    account = mapping(raw.get("from"))
    object_id = words(account.get("aadObjectId")).strip().lower()
    if not object_id:
        return None
    return Sender(tenant_id, object_id, words(account.get("name")), words(account.get("id")))


def bot_id_of(raw: RawActivity) -> str:
    """The bot's own id in this channel."""
    return words(mapping(raw.get("recipient")).get("id"))


def is_for_us(raw: RawActivity) -> bool:
    """Say whether this message asks for an answer: from a person, and in company only if it mentions the bot.

    A pressed button carries no mention, but can only be one of ours.
    """
    account = mapping(raw.get("from"))
    if account.get("role") in ("bot", "skill") or account.get("id") == bot_id_of(raw):
        return False
    return place_of(raw) is Place.PERSONAL or pressed(raw) is not None or any(_own_mentions(raw))


def said_of(raw: RawActivity) -> Said:
    """The press of a button if there was one, else the typed words."""
    return pressed(raw) or Said(typed_words(raw), place=place_of(raw), files=any(_files(raw)))


def pressed(raw: RawActivity) -> Said | None:
    """The press of a button, or None if the activity carries no verb.

    An `Execute` button comes as an invoke with `value.action.verb`; its `Submit` fallback, for clients that know no
    better, as a message whose value holds the verb among the inputs. `msteams` steers the client and is no data.
    """
    value = mapping(raw.get("value"))
    if raw.get("type") == "invoke":
        action = mapping(value.get("action"))
        value = {**mapping(action.get("data")), **({"verb": action["verb"]} if action.get("verb") else {})}
    verb = words(value.get("verb"))
    if not verb:
        return None
    data = {key: _as_text(item) for key, item in value.items() if key not in ("verb", "msteams")}
    return Said("", verb, data, place_of(raw))


def typed_words(raw: RawActivity) -> str:
    """The text without the mention of the bot, without markup, with every run of white space folded to one blank."""
    text = words(raw.get("text"))
    for mention in _own_mentions(raw):
        as_sent, name = words(mention.get("text")), words(mapping(mention.get("mentioned")).get("name"))
        text = text.replace(as_sent, " ") if as_sent else text
        text = re.sub(rf"<at\b[^<>]*>{re.escape(name)}</at>", " ", text, flags=re.IGNORECASE)
    text = html.unescape(_AT_TAG.sub("", text))
    return " ".join(_NOT_TEXT.sub(" ", text).split())


def _files(raw: RawActivity) -> Iterator[str]:
    """The kinds of the pictures and files that were attached. Teams also attaches the words themselves as HTML, the
    message that is replied to, and cards: these are none."""
    attached = raw.get("attachments")
    for one in attached if isinstance(attached, list) else ():
        kind = words(mapping(one).get("contentType")).lower()
        if _FILE.match(kind):
            yield kind


def _own_mentions(raw: RawActivity) -> Iterator[Mapping[str, object]]:
    bot_id, entities = bot_id_of(raw), raw.get("entities")
    for entity in entities if isinstance(entities, list) else ():
        found = mapping(entity)
        if words(found.get("type")).lower() == "mention" and mapping(found.get("mentioned")).get("id") == bot_id:
            yield found


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False)  # 7 -> "7", true -> "true", a list as JSON
