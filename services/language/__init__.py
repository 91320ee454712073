"""How people type, made plain: one spelling for one word. Knows nothing of safeguarding."""

from services.language.leadins import LeadIns
from services.language.roles import Roles
from services.language.spelling import Speller
from services.language.words import fold, stem, tokens, tokens_of_each

__all__ = ["LeadIns", "Roles", "Speller", "fold", "stem", "tokens", "tokens_of_each"]
