"""`new session of drug awareness on 10 March with Tilda`: the form, with the trainer who is known by that name."""

from __future__ import annotations

from dataclasses import replace

from dialogs.kin import of_a_family
from dialogs.office import new_words, planning
from dialogs.office.new_words import Draft
from dialogs.turn import Answer, Turn
from services.colleagues import name_fits
from services.model import Role


async def heard(turn: Turn, text: str) -> Answer | None:
    """The form of a session to be, filled in with what was said; None for words that are no order for one, and for
    those that are about somebody: a session with a child is none of ours."""
    draft = await _with_trainer(turn, text) or new_words.read(text, turn.rules.pack, turn.today)
    if draft is None:
        return None
    if not draft.courses and turn.guide.identifiers_in(f"{draft.rest} {draft.venue}"):
        return None
    return planning.drafted(turn, replace(draft, trainer=await _whole_name(turn, draft.trainer) or draft.trainer))


async def _with_trainer(turn: Turn, text: str) -> Draft | None:
    """What is read of an order that says with whom the session is; None where that is no trainer, and no course of
    ours is named beside it."""
    rest, whom = new_words.with_whom(text)
    draft = new_words.read(rest, turn.rules.pack, turn.today) if whom else None
    if draft is None or of_a_family(whom):
        return None
    if trainer := await _whole_name(turn, whom):
        return replace(draft, trainer=trainer)
    return replace(draft, trainer_unknown=not draft.trainer) if draft.courses else None


async def _whole_name(turn: Turn, name: str) -> str:
    """The trainer who is called so, as the session has to be theirs; empty for nobody, and for several."""
    trainers = await turn.work.people.with_role(Role.TRAINER) if name else []
    called = [one.name for one in trainers if name_fits(one.name, name)]
    return called[0] if len(called) == 1 else ""
