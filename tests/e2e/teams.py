"""One person in the local Teams client, by what they can see: roles and visible text, never class names.

`see` looks for something new since the last thing this person did, so that an old message cannot pass a test.
"""

from __future__ import annotations

import re
import time

from playwright.sync_api import Locator, Page, expect

_START_TIMEOUT_MS = 60_000
_ANSWER_TIMEOUT_S = 10.0

# The list of chats repeats the newest message, so what it says is taken off.
_WORDS = """() => [document.body, ...document.querySelectorAll("[role=tree]")].map((part) => part.innerText)"""


class Teams:
    """A chat window of Microsoft 365 Agents Playground 0.2.28."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self._before: tuple[str, ...] = ("",)
        page.goto(url)
        expect(page.get_by_text("Connected.").first).to_be_visible(timeout=_START_TIMEOUT_MS)
        # The log repeats every message in words and would satisfy any look at the chat.
        page.get_by_role("button", name="Hide log panel").click()
        expect(page.get_by_text("Log Panel")).to_have_count(0)

    def say(self, text: str) -> None:
        """Type words and send them."""
        self.look()
        self._type(text)
        self.page.keyboard.press("Enter")

    def mention(self, bot_name: str, text: str) -> None:
        """Say something to the bot where it listens only when mentioned."""
        self.look()
        self._type(f"@{bot_name.split()[0]}")  # a blank closes the list of names
        self.page.get_by_role("menuitem", name=bot_name).click()
        self.page.keyboard.type(f" {text}")
        self.page.keyboard.press("Enter")

    def press(self, title: str, *, number: int = -1) -> None:
        """Press a button of this title, on a card or under the chat: the newest, or by number from the oldest, 0."""
        self.look()
        self.button(title, number=number).click()

    def fill(self, label: str, value: str) -> None:
        """Fill the newest card input of this label: words, or a date as 2027-01-15."""
        self.page.get_by_label(label).last.fill(value)

    def choose(self, option: str) -> None:
        """Choose one option of the newest card that offers it as a round button."""
        self.page.get_by_role("radio", name=option, exact=True).last.check(force=True)

    def select(self, label: str, option: str) -> None:
        """Choose one option of the newest card's list of this label."""
        self.page.get_by_role("button", name=f"Open {label}").last.click()
        self.page.get_by_role("option", name=option, exact=True).last.click()

    def open(self, name: str) -> None:
        """Go to a chat or channel: `Personal Chat`, the group's name, or `Team - Channel`."""
        self.page.get_by_role("treeitem", name=re.compile(f"^{re.escape(name)}")).click()
        expect(self._box()).to_be_visible()

    def look(self) -> None:
        """Take note of what stands there now: only what comes after it counts as seen."""
        self._before = self._words()

    def see(self, text: str, *, within: float = _ANSWER_TIMEOUT_S) -> None:
        """Wait until `text` stands there once more than before this person's last act."""
        end = time.monotonic() + within
        while not self._is_new(text):
            if time.monotonic() > end:
                raise AssertionError(f"{text!r} was not seen\n--- the page ---\n{self._words()[0]}")
            self.page.wait_for_timeout(50)

    def never_see(self, text: str, *, during: float = 2.0) -> None:
        """Watch for a while that nothing new says `text`."""
        end = time.monotonic() + during
        while time.monotonic() < end:
            if self._is_new(text):
                raise AssertionError(f"{text!r} was seen\n--- the page ---\n{self._words()[0]}")
            self.page.wait_for_timeout(100)

    def button(self, title: str, *, number: int = -1) -> Locator:
        """A button of this title: the newest, or by number from the oldest, 0."""
        return self.page.get_by_role("button", name=title, exact=True).nth(number)

    def _words(self) -> tuple[str, ...]:
        return tuple(re.sub(r"\s+", " ", part) for part in self.page.evaluate(_WORDS))

    def _is_new(self, text: str) -> bool:
        return _count(text, self._words()) > _count(text, self._before)

    def _box(self) -> Locator:
        return self.page.locator("[role=textbox][contenteditable=true]").last

    def _type(self, text: str) -> None:
        self._box().click()
        self.page.keyboard.type(text)


def _count(text: str, words: tuple[str, ...]) -> int:
    page, *lists_of_chats = words
    return page.count(text) - sum(part.count(text) for part in lists_of_chats)
