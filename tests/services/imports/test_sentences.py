"""Every fault that an import can find has a sentence, and is given what the sentence names."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import services.imports
from dialogs.wording import SENTENCES

FOLDER = Path(services.imports.__file__).parent
ALWAYS = {"line", "column"}
# Built at run time: a look-up that found something near has a sentence of its own.
NEAR = {
    "import-agency-unknown",
    "import-course-unknown",
    "import-owner-unknown",
    "import-note-column-ignored",
}
CLI = {"import-at-line", "import-at-cell", "import-done", "import-checked", "import-refused"}
CLI |= {"import-reading", "import-writing", "import-own-plans", "import-own-demo"}


def _codes() -> Iterator[str]:
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("import-"):
                yield node.value


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    used = set(_codes()) | {f"{code}-near" for code in NEAR}
    written = {key for key in SENTENCES if key.startswith("import-")}
    assert used - written == set()
    assert written - used - CLI == set()


def test_no_sentence_names_more_than_a_fault_can_tell() -> None:
    told = ALWAYS | {
        "value", "choices", "longest", "least", "most", "near", "first", "ref", "refs", "capacity", "taken", "state",
        "over", "day", "file", "at", "last_line",
    }  # fmt: skip
    for key, sentence in SENTENCES.items():
        if key.startswith("import-") and key not in CLI:
            fields = {field for _, field, _, _ in string.Formatter().parse(sentence) if field}
            assert fields <= told, key
