from __future__ import annotations

from collections import Counter

from dialogs.actions import flows as actions
from dialogs.challenges import flows as challenges
from dialogs.guidance import flows as guidance
from dialogs.office import flows as office
from dialogs.questions import flows as questions
from dialogs.router import EXPECTED, SURELY_ANSWERED, VERBS
from dialogs.training import flows as training

SUBJECTS = (guidance, questions, training, actions, challenges, office)


def test_every_verb_and_every_question_of_ours_has_one_flow_in_one_subject() -> None:
    verbs = Counter(verb for subject in SUBJECTS for verb in subject.FLOWS)
    expected = Counter(name for subject in SUBJECTS for name in subject.EXPECTED)
    assert {name for name, count in (verbs + expected).items() if verbs[name] > 1 or expected[name] > 1} == set()
    assert verbs.keys() <= VERBS.keys()
    assert expected.keys() == EXPECTED.keys()
    assert SURELY_ANSWERED.keys() <= EXPECTED.keys()
