"""Workbooks spoilt at random, with a fixed seed: bytes, archive members, cells. What comes out is a workbook or is none."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

# What a cell's value may turn into: too large, too small, no number, no date, a formula's look, markup, nothing.
VALUES = ("1e308", "-5", "0", "99999999999999999999", "1E-300", "NaN", "inf", "", "abc", "45000.5", "2024", "0.0000001")
TEXTS = ("合计", "项目名称", "总投资（元）", "2024年13月", "<b>粗</b>", "=1+1", "　", "①②③", "№", "一、", "响水片区", "\u200b")
Mutator = Callable[[bytes, random.Random], bytes]


def flip_bytes(content: bytes, chance: random.Random) -> bytes:
    """A few bytes anywhere become others."""
    spoilt = bytearray(content)
    for _ in range(chance.randrange(1, 12)):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def cut(content: bytes, chance: random.Random) -> bytes:
    """The end is missing, as after a broken transfer."""
    return content[: chance.randrange(len(content))]


def spoil_member(content: bytes, chance: random.Random) -> bytes:
    """One file of the archive loses or repeats a piece; the archive itself is whole."""
    return _with_member(content, chance, "", lambda text: _piece_moved(text, chance))


def spoil_cells(content: bytes, chance: random.Random) -> bytes:
    """Some cells of a sheet hold other values."""
    return _with_member(content, chance, "xl/worksheets/", lambda text: _values_changed(text, chance))


def spoil_texts(content: bytes, chance: random.Random) -> bytes:
    """Some of the texts that the sheets share are others: headings, names, titles."""
    return _with_member(content, chance, "xl/sharedStrings", lambda text: _texts_changed(text, chance))


def drop_rows(content: bytes, chance: random.Random) -> bytes:
    """Rows are missing, headings perhaps among them."""
    return _with_member(
        content, chance, "xl/worksheets/",
        lambda text: re.sub(rb"<row .*?</row>", lambda row: b"" if chance.random() < 0.2 else row[0], text, flags=re.DOTALL),
    )  # fmt: skip


MUTATORS: tuple[Mutator, ...] = (flip_bytes, cut, spoil_member, spoil_cells, spoil_texts, drop_rows)


def mutate(content: bytes, seed: int) -> bytes:
    """One spoilt copy of a workbook; the same for the same seed. An .xls has no members and gets byte faults only."""
    chance = random.Random(seed)
    choices = MUTATORS if zipfile.is_zipfile(io.BytesIO(content)) else MUTATORS[:2]
    return chance.choice(choices)(content, chance)


def _with_member(content: bytes, chance: random.Random, prefix: str, change: Callable[[bytes], bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    candidates = [name for name in members if name.startswith(prefix)] or list(members)
    name = chance.choice(candidates)
    members[name] = change(members[name])
    spoilt = io.BytesIO()
    with zipfile.ZipFile(spoilt, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, text in members.items():
            archive.writestr(member, text)
    return spoilt.getvalue()


def _piece_moved(text: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(text) + 1)
    end = min(len(text), start + chance.randrange(1, 400))
    return text[:start] + text[end:] if chance.random() < 0.5 else text[:end] + text[start:end] + text[end:]


def _values_changed(text: bytes, chance: random.Random) -> bytes:
    def change(value: re.Match[bytes]) -> bytes:
        return b"<v>" + chance.choice(VALUES).encode() + b"</v>" if chance.random() < 0.1 else value[0]

    return re.sub(rb"<v>[^<]*</v>", change, text)


def _texts_changed(text: bytes, chance: random.Random) -> bytes:
    def change(value: re.Match[bytes]) -> bytes:
        if chance.random() > 0.1:
            return value[0]
        escaped = chance.choice(TEXTS).replace("<", "&lt;")
        return value[1] + escaped.encode() + b"</t>"

    return re.sub(rb"(<t[^>]*>)[^<]*</t>", change, text)
