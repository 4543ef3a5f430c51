"""Words of stage, category and level that no vocabulary knows: asked of a person, who may say what they mean."""

from __future__ import annotations

from collections.abc import Iterable

from domain.submissions import WordQuestion
from loaders.blocks import DATA
from loaders.reader import Reader
from loaders.values import is_empty, text_of
from loaders.vocabulary import codes_of, normalise_word

ASKED_FIELDS = ("stage", "category", "escalation_level")
# A column of more words than these is one of free text, whatever its heading says.
MOST_WORDS = 12
MOST_CELLS = 3

Places = dict[tuple[str, str], list[tuple[str, str]]]


def word_questions(readers: Iterable[Reader]) -> list[WordQuestion]:
    """One question for each unknown word of a field, over all tables of a return, in the order met."""
    places: Places = {}
    for reader in readers:
        for field_name, cell, text in [*_unknown_words(reader), *_unfit_words(reader)]:
            key = field_name, normalise_word(text)
            places.setdefault(key, []).append((f"{reader.block.sheet.name}!{cell}", text))
    return [
        WordQuestion(field_name, found[0][1], key, tuple(cell for cell, _ in found[:MOST_CELLS]), len(found),
                     codes_of(field_name))
        for (field_name, key), found in places.items()
    ]  # fmt: skip


def _unknown_words(reader: Reader) -> list[tuple[str, str, str]]:
    return [
        (each.field, each.cell, each.value)
        for each in reader.findings
        if each.code == "word_unknown" and each.field in ASKED_FIELDS
    ]


def _unfit_words(reader: Reader) -> list[tuple[str, str, str]]:
    """The words of a column none of which its field knows: a form may well have words of its own for the stage."""
    found = []
    for column, reading in zip(reader.block.columns, reader.columns, strict=True):
        if reading.match != "unfit" or reading.candidates[0] not in ASKED_FIELDS:
            continue
        rows = [row.index for row in reader.block.rows if row.kind == DATA]
        cells = [(row, reader.block.sheet.rows[row][column.index]) for row in rows]
        filled = [(row, text_of(cell) or "") for row, cell in cells if not is_empty(cell)]
        if len({normalise_word(text) for _, text in filled}) <= MOST_WORDS:
            found += [(reading.candidates[0], reader.block.sheet.address(row, column.index), text) for row, text in filled]
    return found
