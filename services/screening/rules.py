"""What makes a message an emergency: which tagged words stand together. Pure.

The words behind each tag are data (`emergency-words.toml`). Issue 3: a message that says someone is at risk now.
"""

from __future__ import annotations

from dataclasses import dataclass

_PEOPLE = frozenset({"child", "adult", "self", "they"})
_NOWNESS = frozenset({"now", "near"})


@dataclass(frozen=True, slots=True)
class Rule:
    """Holds when every tag of `all_of`, and one of each group in `any_of`, stands in the message."""

    name: str
    all_of: frozenset[str]
    any_of: tuple[frozenset[str], ...] = ()

    def holds(self, tags: frozenset[str]) -> bool:
        """True for a message with these tags."""
        return self.all_of <= tags and all(group & tags for group in self.any_of)


def _rule(name: str, *all_of: str, any_of: tuple[frozenset[str], ...] = ()) -> Rule:
    return Rule(name, frozenset(all_of), any_of)


def _one(*tags: str) -> frozenset[str]:
    return frozenset(tags)


RULES = (
    _rule("collapsed", "collapsed"),
    _rule(
        "took a poison", "took", "poison", any_of=(_one("child", "they", "self", "adult"), _one("harmful", "plenty"))
    ),
    _rule("being hurt", "hurting", any_of=(_PEOPLE,)),
    _rule("just harmed", "harmed"),
    _rule("about to be harmed", "will", "harm", any_of=(_PEOPLE,)),
    _rule(
        "end of own life",
        "own_life",
        any_of=(_NOWNESS | {"will", "self", "weapon", "high_place", "took", "they", "child", "adult"},),
    ),
    _rule("weapon to hand", "weapon", "holding", any_of=(_PEOPLE | _NOWNESS,)),
    _rule("child alone", "child", "alone", any_of=(_NOWNESS | {"carer_gone", "captive", "they", "adult"},)),
    _rule("carer gone", "child", "carer_gone", any_of=(_one("alone", "now", "captive"),)),
    _rule("being taken", "taking", any_of=(_one("child", "self", "they"), _one("now", "near", "adult", "child"))),
    _rule("held", "captive", any_of=(_PEOPLE,)),
    _rule("flown out today", "abroad", "now", any_of=(_PEOPLE,)),
    _rule("child lost", "lost", any_of=(_one("child", "they"),)),
    _rule("missing now", "missing", "now", any_of=(_PEOPLE,)),
    _rule("afraid to go home", "afraid", "going_home", any_of=(_one("now", "harm", "will"),)),
    _rule("fire", "fire"),
    _rule("drunk at the wheel", "intoxicated", "driving", any_of=(_one("child", "now", "adult"),)),
    _rule("mind gone near a child", "mind_gone", any_of=(_one("captive", "weapon", "harm"),)),
    _rule("at the door", "near", any_of=(_one("afraid", "weapon", "hurting", "alarm"), _PEOPLE)),
    _rule("call for help", "alarm", any_of=(_one("child", "adult", "they", "self", "now"),)),
    _rule("high place", "high_place", any_of=(_PEOPLE,)),
    _rule("cut or married off now", "practice", any_of=(_PEOPLE, _NOWNESS | {"will", "abroad", "doing", "taking"})),
    _rule("without what keeps alive", "deprived", any_of=(_PEOPLE,)),
    _rule("little one outside", "exposed", "child"),
    _rule("found outside", "exposed", "found", any_of=(_PEOPLE,)),
    _rule("behind a shut door", "shut_door", any_of=(_PEOPLE, _one("now", "deprived", "afraid", "alarm", "witness"))),
    _rule("goodbye", "farewell", any_of=(_PEOPLE,)),
    _rule("seen or heard now", "witness", any_of=(_one("hurting", "harmed", "afraid", "alarm", "harm", "doing"),)),
    _rule("barred and here", "barred", any_of=(_one("near", "taking", "now"),)),
    _rule("confessed", "confessed"),
    _rule("injury now", "injury", any_of=(_PEOPLE, _NOWNESS | {"going_home", "just_done"})),
)


def reasons(tags: frozenset[str]) -> tuple[str, ...]:
    """The names of the rules that hold, for explanation and for the learned weighing."""
    return tuple(rule.name for rule in RULES if rule.holds(tags))
