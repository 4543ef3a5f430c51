"""The words of the meeting, held to the code: each is there in both languages, and each is said somewhere."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from reports.meeting import words
from reports.meeting.words import LANGUAGES, TEXTS_FILE, say, texts

FILES = sorted(TEXTS_FILE.parent.glob("*.py"))


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def asked_keys() -> tuple[set[str], set[str]]:
    """The keys that the code writes out, and the patterns of those that it puts together."""
    nodes = [node for path in FILES for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    written = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    joined = [
        "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9_]*" for part in node.values)
        for node in nodes
        if isinstance(node, ast.JoinedStr)
    ]
    return written, {pattern for pattern in joined if re.match(r"[a-z]+\\\.", pattern)}


def test_every_word_is_said() -> None:
    """A text that no page says has been left behind."""
    written, patterns = asked_keys()
    assert len(patterns) > 10
    assert [key for key in texts() if key not in written and not any(re.fullmatch(each, key) for each in patterns)] == []


def test_both_languages_are_filled_alike() -> None:
    """Each text stands in both languages and has the same places to fill; months alone are put together differently."""
    assert [key for key, said in texts().items() if not all(said[language].strip() for language in LANGUAGES)] == []
    alike = {key: said for key, said in texts().items() if "month" not in places(said["zh"])}
    assert [key for key, said in alike.items() if places(said["zh"]) != places(said["en"])] == []


def test_an_unknown_text_is_a_mistake_of_ours() -> None:
    """And so is a place that nothing fills."""
    with pytest.raises(KeyError):
        say("zh", "title.of_another_page")
    with pytest.raises(KeyError):
        say("zh", "title.missing_one")


def test_a_key_stands_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two texts under one key would hide each other."""
    twice = tmp_path / "texts.csv"
    twice.write_text("key,zh,en\na.b,一,one\na.b,二,two\n", encoding="utf-8")
    monkeypatch.setattr(words, "TEXTS_FILE", twice)
    with pytest.raises(ValueError, match="declared twice"):
        texts.__wrapped__()
