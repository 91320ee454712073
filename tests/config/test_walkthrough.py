"""The walk-through's file: typed, checked by line, and honest about whose words it shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.catalogue import OTHER_AREA
from config.check import check_pack
from config.faults import Fault, PackError
from config.pack import load_pack
from services.workdays import Workdays
from tests.config.small_pack import SmallPack
from tests.config.test_check import TODAY

HARROW = Path(__file__).parents[2] / "config" / "harrow"
FILE = "walkthrough.toml"
WALK = """\
[[domains]]
key = "child"
name = "The child"
about = "Health"
[[domains.levels]]
level = 1
signs = ["doing well"]
taken_from = "else > 1"
status = "confirm"
note = "Ours?"
[[pathways]]
level = 1
steps = ["Carry on"]
topics = ["first"]
referral = false
taken_from = "plan > 2"
status = "confirm"
[referral]
write = ["All you know"]
topic = "first"
taken_from = "plan > 3"
status = "confirm"
"""


def only_fault(small: SmallPack) -> Fault:
    with pytest.raises(PackError) as raised:
        load_pack(small.folder)
    (fault,) = raised.value.faults
    return fault


def test_a_partnership_without_one_has_none(small: SmallPack) -> None:
    assert load_pack(small.folder).walkthrough is None


def test_a_good_one_is_read_and_its_open_questions_are_listed(small: SmallPack) -> None:
    small.write(FILE, WALK)

    pack = load_pack(small.folder)

    assert pack.walkthrough is not None
    domain = pack.walkthrough.domain("child")
    assert domain is not None
    assert [one.signs for one in domain.at(1)] == [("doing well",)]
    assert pack.walkthrough.pathway(9) is None
    listed = {(one.line, one.key, one.note) for one in pack.unconfirmed() if one.file == FILE}
    assert (5, "domains[child].levels[1]", "Ours?") in listed
    assert len(listed) == 3


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ('about = "Health"\n', "", "domains[1].about", "is missing"),
        ('about = "Health"', 'about = "Health"\nscore = 3', "domains[1].score", "is not a key that belongs here"),
        ('taken_from = "else > 1"\n', "", "domains[1].levels[1]", "must name the document they are from"),
        ('taken_from = "else > 1"', 'taken_from = "lost > 1"', "domains[1].levels[1].taken_from[1]", "'lost'"),
        ("referral = false", 'referral = "perhaps"', "pathways[1].referral", "must be yes or no"),
        ('topics = ["first"]', 'topics = ["third"]', "pathways[1].topics[1]", "'third'"),
        ('topic = "first"', 'topic = "third"', "referral.topic", "'third'"),
        ("level = 1\nsteps", "level = 2\nsteps", "pathways", "has level 2, which the partnership does not have"),
    ],
)
def test_a_fault_is_named_with_its_line(small: SmallPack, old: str, new: str, key: str, message: str) -> None:
    small.write(FILE, WALK)
    small.change(FILE, old, new)

    with pytest.raises(PackError) as raised:
        load_pack(small.folder)

    fault = raised.value.faults[0]
    assert (fault.file, fault.key) == (FILE, key)
    assert fault.line > 0
    assert message in fault.message


def test_a_confirmed_value_cannot_rest_on_another_areas_document(small: SmallPack) -> None:
    small.write(FILE, WALK)
    small.change(FILE, 'status = "confirm"\nnote', 'status = "confirmed"\nsource = "else > 1"\nnote')

    assert "is another area's" in only_fault(small).message


def test_a_level_that_the_partnership_does_not_have_is_a_fault(small: SmallPack) -> None:
    small.write(FILE, WALK)
    extra = '[[domains.levels]]\nlevel = 7\nsigns = []\nstatus = "confirm"\n'
    small.change(FILE, "[[pathways]]", extra + "[[pathways]]")

    assert only_fault(small).message == "has level 7, which the partnership does not have"


def test_a_domain_given_twice_is_a_fault(small: SmallPack) -> None:
    small.write(FILE, WALK)
    head, rest = WALK.split("[[pathways]]", 1)
    small.write(FILE, head + head + "[[pathways]]" + rest)

    assert only_fault(small).message == "has 'child' twice"


def test_the_check_reports_it_as_well(small: SmallPack) -> None:
    small.write(FILE, WALK.replace("level = 1\nsteps", "level = one\nsteps"))

    (fault,) = check_pack(small.folder, today=TODAY, counting=lambda _: Workdays().add).faults

    assert fault.file == FILE
    assert fault.line


def test_harrows_has_three_domains_and_confirms_nothing_it_has_not_been_told() -> None:
    walk = load_pack(HARROW).walkthrough

    assert walk is not None
    assert [domain.key for domain in walk.domains] == ["child", "parenting", "family"]
    assert not any(one.confirmed for domain in walk.domains for one in domain.levels)
    assert not any(way.confirmed for way in walk.pathways)


def test_what_harrows_shows_is_either_its_own_paper_or_said_to_be_from_elsewhere() -> None:
    pack = load_pack(HARROW)
    assert pack.walkthrough is not None

    for domain in pack.walkthrough.domains:
        for one in domain.levels:
            scopes = {source.scope for cited in one.taken_from if (source := pack.source(cited.ref))}
            assert scopes in (set(), {"harrow"}, {OTHER_AREA}), one
