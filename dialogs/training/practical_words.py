"""Which practical thing about a day of training is asked for: lunch, parking, what to bring, coming late. Pure.

Of the whole message, and of training alone: what to bring to a child protection conference is a question of guidance.
"""

from __future__ import annotations

import re

_GATHERING = r"(?:course|training|forum|workshop|webinar|seminar)"
EVENT = (
    r"(?:it|this|that|there|the day|the venue"
    rf"|(?:the|this|that|my|our|your)(?: \w+){{0,5}} {_GATHERING}(?: session| day)?"
    r"|(?:the|this|that|my|our) (?:next )?(?:session|event|one))"
)
"""With words of its own only where it calls itself training: a supervision session is none."""
_ON = rf"(?: (?:on|for|in|at|to|during|from|of|with) {EVENT})?(?: (?:please|then|too|though|or not|as well|for me))*"
_FOOD = (
    r"(?:(?:any |a |the |free |some )*(?:lunch|food|refreshments?|teas?|coffees?|drinks?|breakfast|snacks?|catering)"
    r"(?: (?:and|or) (?:tea|coffee|drinks?|snacks?|refreshments|lunch|food))*)"
)
_PAPERS = (
    r"(?:(?:a |the |any |some |your |copy of |copies of )*"
    r"(?:slides?|slide decks?|slide pack|handouts?|hand outs?|powerpoints?|presentations?"
    r"|(?:course|training) materials?))"
)
_LATER = r"(?: (?:afterwards?|after|later|beforehand|before|in advance|by email|e ?mailed|to us|out|round|available))*"
_MINUTES = r"(?:a|bit|little|few|couple|of|\d{1,3}|five|ten|fifteen|twenty|thirty|half|an|hour|mins?|minutes?)"
_THEN = (
    r"(?: (?:today|tomorrow|tonight|(?:on |this |next )(?:mon|tues|wednes|thurs|fri)day"
    r"|(?:on )?(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: (?:of )?[a-z]{3,9})?))?"
)
_IS_THAT_OK = r"(?: (?:is|will) that (?:be )?(?:ok|okay|fine|all ?right|a problem))?"
_CAMERA = r"(?:the |my |our |a )?(?:cameras?|webcams?|video|microphones?|mic)"
_ACCESS = (
    r"(?:step free(?: access)?|level access|wheelchair access|disabled (?:access|toilets?|parking)|accessible toilets?"
    r"|(?:a |any )?(?:lift|ramp|hearing loop|induction loop)|(?:live )?captions|subtitles|(?:a )?(?:prayer|quiet) room)"
)
_DO_I = r"(?:do|should|must|shall|will|would|can|could) (?:i|we|you)"
_NEED = r"(?:(?:need|have) )?(?:to )?"
FOOD, PARKING, TRAVEL, BRING, WEAR, LATE, EARLY = "food", "parking", "travel", "bring", "wear", "late", "early"
CAMERA, RECORDED, PAPERS, ACCESS, BREAKS, WIFI = "camera", "recorded", "papers", "access", "breaks", "wifi"
_QUESTIONS: tuple[tuple[str, str], ...] = (
    (FOOD, rf"(?:is|are|will)(?: there)?(?: be)? {_FOOD}(?: (?:be|provided|included|served|available|laid on))*{_ON}"),
    (FOOD, rf"{_DO_I} (?:(?:need|have) to )?(?:get|bring|provide|do|supply|buy)(?: (?:my|our|own))* {_FOOD}{_ON}"),
    (FOOD, rf"(?:whats|what is)(?: there)? for (?:lunch|tea|breakfast|food){_ON}"),
    (FOOD, rf"(?:what about|how about) {_FOOD}{_ON}"),
    (PARKING, rf"(?:is|are|will)(?: there)?(?: be)?(?: (?:any|a|free|car|on site))* (?:parking|car parks?){_ON}"),
    (
        PARKING,
        rf"(?:is|are|will)(?: there)?(?: be)?(?: (?:any|free|car))* parking (?:available|nearby|on site|spaces?){_ON}",
    ),
    (PARKING, rf"(?:where )?(?:can|could|do|should|may) (?:i|we) park(?: (?:my car|there|nearby|on site))*{_ON}"),
    (PARKING, rf"is there (?:somewhere|anywhere|a place|room|space) to park(?: (?:my car|nearby))*{_ON}"),
    (PARKING, rf"(?:what about |how about |whats the )?(?:car )?parking{_ON}"),
    (TRAVEL, rf"how (?:do|can|should) (?:i|we) get (?:there|to {EVENT})"),
    (
        TRAVEL,
        r"(?:whats|what is|which is|wheres|where is) the (?:nearest|closest) (?:station|tube|tube station|bus stop)",
    ),
    (
        BRING,
        rf"what (?:do|should|must|shall) (?:i|we) {_NEED}(?:bring|take|prepare)(?: with (?:me|us))?{_ON}",
    ),
    (
        BRING,
        rf"what (?:do|should) (?:i|we) {_NEED}(?:do|read|prepare) (?:before|beforehand|in advance)(?: {EVENT})?",
    ),
    (
        BRING,
        rf"{_DO_I} {_NEED}(?:bring|prepare) (?:anything|something|(?:a|my) laptop|(?:my |photo )?id){_ON}",
    ),
    (BRING, rf"{_DO_I} need (?:(?:a|my) laptop|(?:my |photo )?id){_ON}"),
    (BRING, rf"is there (?:any |a )*(?:pre reading|reading|homework|pre work|prework|preparation)(?: to do)?{_ON}"),
    (
        WEAR,
        rf"what (?:do|should|shall) (?:i|we) wear{_ON}|(?:is there |whats |what is )?(?:a |any |the )?dress code{_ON}",
    ),
    (
        LATE,
        r"(?:can|may|could|what if|what happens if|what should i do if|what do i do if|does it matter if"
        r"|is it (?:ok|okay|fine|all ?right)(?: if)?)(?: (?:i|we|im|ill|i am|i will|i might))?"
        rf"(?: (?:to|be|am|come|arrive|join|turn up|get there|running|going to be))*(?: {_MINUTES})* late{_ON}",
    ),
    (
        LATE,
        r"(?:im|i am|ill|i will|i might|i may|were|we are)"
        rf"(?: (?:be|going to be))* running(?: {_MINUTES})* late{_THEN}{_ON}{_IS_THAT_OK}",
    ),
    (
        LATE,
        rf"(?:might be |may be |probably )?running(?: {_MINUTES})* late (?:for|to|on) {EVENT}{_THEN}{_IS_THAT_OK}",
    ),
    (
        LATE,
        r"(?:im|i am|ill|i will|i might|i may|i could|might|may|will|going to)"
        rf"(?: (?:be|going to be|arrive|join|get there))*(?: {_MINUTES})+ late{_THEN}{_ON}{_THEN}{_IS_THAT_OK}",
    ),
    (LATE, rf"(?:i )?(?:might|may|could) be late (?:for|to|on) {EVENT}{_THEN}{_IS_THAT_OK}"),
    (
        LATE,
        rf"(?:who|whom) (?:do|should|can) (?:i|we) (?:contact|tell|ring|call|ask|message)"
        rf" (?:if|when) (?:im|i am|were|we are)(?: (?:going to be|running))*(?: {_MINUTES})* late{_ON}",
    ),
    (EARLY, rf"(?:can|could|may|is it ok(?:ay)? if) (?:i|we) (?:leave|go|finish)(?: {_MINUTES})* early{_ON}"),
    (
        EARLY,
        rf"{_DO_I} {_NEED}stay (?:for the whole (?:thing|day|time|session)|(?:until|till) the end|all day)",
    ),
    (
        CAMERA,
        rf"(?:do|should|must|can|could|will|does)(?: (?:i|we|you))?(?: (?:need|have|needs))?"
        rf"(?: (?:to|have|keep|turn|switch|put|on|off))* {_CAMERA}"
        rf"(?: (?:need|have|has|to|be|stay|on|off|turned|switched))*{_ON}",
    ),
    (CAMERA, rf"(?:is|are) {_CAMERA}(?: (?:on|off|to be|required|compulsory|mandatory|needed|optional))+{_ON}"),
    (RECORDED, rf"(?:is|will|are|was) {EVENT}(?: (?:be|being|going to be|get|getting))* recorded"),
    (RECORDED, rf"(?:will|is) there(?: be)? a recording{_LATER}{_ON}"),
    (RECORDED, rf"(?:can|could|where can) (?:i|we) (?:get|have|watch|see|find) (?:a|the) recording{_LATER}{_ON}"),
    (
        PAPERS,
        rf"{_DO_I} (?:please )?(?:get|have|see|send|keep|be given|be sent|get sent|share|receive)(?: us| me)?"
        rf" {_PAPERS}{_LATER}{_ON}",
    ),
    (PAPERS, rf"(?:are|is|will)(?: there)?(?: be)? {_PAPERS}(?: (?:be|shared|sent|given|provided))*{_LATER}{_ON}"),
    (PAPERS, rf"when (?:do|will|can) (?:i|we) (?:get|have|see|receive|be sent) {_PAPERS}{_LATER}{_ON}"),
    (PAPERS, rf"where (?:are|is|can i (?:get|find)|do i (?:get|find)) {_PAPERS}{_ON}"),
    (ACCESS, rf"(?:is|are|will)(?: there)?(?: be)?(?: (?:any|a))* {_ACCESS}(?: (?:available|provided))?{_ON}"),
    (
        ACCESS,
        rf"(?:is|are) (?:{EVENT}|the (?:building|room)) (?:wheelchair |fully )?(?:accessible|step free)"
        r"(?: for wheelchairs?)?",
    ),
    (
        BREAKS,
        rf"(?:(?:are|is|will) there(?: be)?|do (?:i|we) get) (?:any |a )?(?:lunch |comfort )?breaks?{_ON}",
    ),
    (
        ACCESS,
        r"i (?:use|am in|will be in|have) a wheelchair(?: (?:is that|will that be) (?:ok|okay|fine|a problem))?",
    ),
    (WIFI, rf"(?:is|will) there(?: be)? (?:any |a |free |guest )*(?:wi ?fi|internet)(?: available)?{_ON}"),
)
_READ = tuple((kind, re.compile(pattern)) for kind, pattern in _QUESTIONS)
KINDS = frozenset(kind for kind, _ in _QUESTIONS)
OF_PRACTICE_TOO = frozenset({BRING, LATE, EARLY, RECORDED})
"""Asked of a meeting, a form or a case as well, where no training is named or shown."""
IN_A_ROOM = frozenset({PARKING, TRAVEL, WIFI, FOOD})
"""What nobody needs to know of an online session."""
NEEDS = frozenset({ACCESS, FOOD})
"""Questions behind which there may be something that somebody needs in order to take part."""
_LEADS = re.compile(
    r"(?:(?:and|also|so|ok|okay|but|hi|hello|please|sorry|just|thanks|quick question|any idea|i was wondering"
    r"|(?:do|would) you know|(?:can|could) you (?:please )?tell me|i need to know|i want to know) )+"
)
_WHETHER = re.compile(r"(?:if|whether) (?P<what>.+?) (?P<verb>is|are|will)(?P<rest>(?: .+)?)")
_WHETHER_I = re.compile(r"(?:if|whether) (?P<who>i|we) (?P<verb>can|should|must|will|could)? ?(?P<rest>.+)")
_CALLED = re.compile(rf"\b(?:the|this|that|my|our|your)(?P<name>(?: \w+){{0,5}}) (?:{_GATHERING}|session|event)\b")


def asked(plain: str) -> str | None:
    """Which of these is asked, in words without punctuation and capitals; `None` when it is something else."""
    said = _put_as_question(_LEADS.sub("", plain, count=1) if _LEADS.match(plain) else plain)
    return next((kind for kind, pattern in _READ if pattern.fullmatch(said)), None)


def event_named(plain: str) -> str | None:
    """What the words call the training that they ask about, `the next forum`; `None` where they only say `it`."""
    found = _CALLED.search(plain)
    return found[0] if found else None


def _put_as_question(said: str) -> str:
    """`if lunch is provided` as `is lunch provided`, `whether i can leave early` as `can i leave early`."""
    if found := _WHETHER_I.fullmatch(said):
        return f"{found['verb'] or 'do'} {found['who']} {found['rest']}"
    if found := _WHETHER.fullmatch(said):
        return f"{found['verb']} {found['what']}{found['rest']}"
    return said
