"""For the manager: who answers for which guidance and which questions, and what nobody is named for."""

from __future__ import annotations

from config.partnership import OwnerRole
from dialogs import cards
from dialogs.talk import Reply
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say
from services.model import Role
from services.owners import holders

OWNERS = "owners"


async def show(turn: Turn) -> Answer:
    """`who answers`: each post that owns guidance with who holds it. A post that nobody holds comes to the manager."""
    turn.known(Role.MANAGER)
    posts = turn.rules.pack.partnership.owners
    held = await holders(turn.work, turn.rules.pack, {post.key for post in posts})
    lines = [_line(turn, post, [one.name for one in held.get(post.key, ())]) for post in posts]
    title = say("owners-title")
    plain = "\n".join([title, *(f"- {line}" for line in lines), say("owners-how")])
    body = [cards.title(title), cards.points(lines), cards.words(say("owners-how"), quiet=True)]
    return answer(Reply(plain, cards.card(body, fallback=plain)))


def _line(turn: Turn, post: OwnerRole, names: list[str]) -> str:
    pack = turn.rules.pack
    count = sum(1 for article in pack.articles if article.owner == post.key)
    groups = [group.name for group in pack.partnership.expert_groups if group.owner == post.key]
    key = "owners-questions" if groups else "owners-articles"
    what = say(key, count=count, articles="article" if count == 1 else "articles", groups="; ".join(groups))
    return say("owners-line", post=post.title, who=", ".join(names) or say("owners-nobody"), what=what)
