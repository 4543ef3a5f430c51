"""What a row of a ledger says: where the steps of its project stand, and its land."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from domain.fields import LAND_FIELDS, OFFICE, PERMIT_ASPECTS
from domain.permit_steps import PERMIT_STEPS
from domain.submissions import LandReading, PermitReading, WordQuestion
from loaders.checks.places import RowPlace
from loaders.permit_cells import STATES, Said, join_said, read_said, settled
from loaders.permit_columns import step_of
from loaders.reader import Reader
from loaders.values import is_empty
from loaders.vocabulary import codes_of, normalise_word
from loaders.word_questions import MOST_CELLS, MOST_WORDS

# The aspects of a step in the order in which the cell is chosen that stands for what is said of it.
STATE_ITSELF = ""
ASPECTS = (STATE_ITSELF, "granted", "number", "applied", "due")
# Where one of these is not understood nothing is taken of the step: a date beside it may mean the opposite.
TELLING = (STATE_ITSELF, "granted", "applied")
LONGEST_WORD = 8  # a longer text is a sentence, to be written anew and not to be learnt
Names = dict[str, str]  # aspect -> the field in which it stands


@dataclass(slots=True)
class PermitRow:
    """One row of a ledger with what it is read with."""

    place: RowPlace
    reader: Reader

    @property
    def district(self) -> str:
        """The district of the row's own column, of the lines around it, else the sender."""
        row = self.place.row
        said = self.reader.districts.get(row.cell_row - 1)
        return row.values.get("district") or (said[0] if said else self.reader.body)

    def tell(self, code: str, name: str, /, **details: object) -> None:
        """A finding at the cell of a field."""
        self.reader.findings.append(self.place.finding(code, name, **details))


def permits_of_row(row: PermitRow) -> Iterator[PermitReading]:
    """The steps that a row speaks of; a blank cell says nothing, and of what is not understood nothing is taken."""
    for code, names in _steps(row):
        found = _read_step(row, names)
        if found is None:
            continue
        said, aspect = found
        sheet, cell = row.place.place(names[aspect])
        yield PermitReading(
            row.place.row.project_id, row.place.row.values["project_name"], row.district, code, said.state or "", said.applied,
            said.due, said.granted, _office(row, names), said.number, sheet, cell, row.place.text(names[aspect]),
        )  # fmt: skip


def _steps(row: PermitRow) -> Iterator[tuple[str, Names]]:
    """Each step that the table has columns for, or the one step of the row, and the fields in which its aspects stand."""
    present = {column.field for column in row.place.table.columns if column.field}
    if not row.reader.is_tall:
        for step in PERMIT_STEPS:
            own = {STATE_ITSELF: f"step_{step.code}", **{each: f"step_{step.code}_{each}" for each in PERMIT_ASPECTS}}
            yield step.code, {aspect: name for aspect, name in own.items() if name in present}
        return
    named = row.place.text("permit_step")
    step = step_of(named)
    names = {STATE_ITSELF: STATES, **{aspect: field.name for aspect, field in PERMIT_ASPECTS.items()}}
    names = {aspect: name for aspect, name in names.items() if name in present}
    if OFFICE not in names and "responsible_body" in present:
        names[OFFICE] = "responsible_body"
    if step:
        yield step.removeprefix("step_"), names
    elif not is_empty(named):
        row.tell("permit_step_unknown", "permit_step", words="、".join(each.name for each in PERMIT_STEPS))


def _read_step(row: PermitRow, names: Names) -> tuple[Said, str] | None:
    """What is said of a step and the aspect whose cell says it; None where nothing is said or it is not understood."""
    parts = {aspect: _read_part(row, names[aspect], aspect) for aspect in ASPECTS if aspect in names}
    if any(parts.get(aspect, Said()) is None for aspect in TELLING):
        return None
    said = {aspect: part for aspect, part in parts.items() if part and not part.is_nothing}
    whole: Said | None = Said()
    for part in said.values():
        whole = join_said(whole, part) if whole else None
    if not said:
        return None
    if whole is None or _is_contrary(whole):
        cells = "、".join(row.place.place(names[aspect])[1] for aspect in said)
        name = row.place.row.values["project_name"]
        row.tell("permit_conflict", names[next(iter(said))], name=name, cells=cells, heading=_heading(row, names))
        return None
    return settled(whole), next(iter(said))


def _is_contrary(said: Said) -> bool:
    """未办 beside a date of approval, or 无需 beside any date."""
    dates = [said.applied, said.granted]
    return said.state in ("not_applied", "not_needed") and any(dates)


def _heading(row: PermitRow, names: Names) -> str:
    """The step's name for a sentence."""
    step = step_of(row.place.text("permit_step")) if row.reader.is_tall else names[next(iter(names))]
    code = (step or "").removeprefix("step_")
    return next(
        (each.name for each in PERMIT_STEPS if code in (each.code, *(f"{each.code}_{one}" for one in PERMIT_ASPECTS))),
        "",
    )


def _read_part(row: PermitRow, name: str, aspect: str) -> Said | None:
    """What one cell says; nothing where it is blank or was told of already."""
    text = row.place.text(name)
    if name in row.place.row.rejected:
        return Said()
    said = read_said(
        text, row.reader.year or None, aspect, lambda word: row.reader.known.code_of_word(row.reader.body, STATES, word)
    )
    if said is None:
        row.tell("permit_unclear", name)
    return said


def _office(row: PermitRow, names: Names) -> str:
    text = row.place.text(names[OFFICE]) if OFFICE in names else ""
    return "" if is_empty(text) else "".join(text.split())


def land_of_row(row: PermitRow) -> Iterator[LandReading]:
    """The land of a row that states any; what was supplied was granted, and the project's area is what it wants."""
    areas = {name: row.place.row.values.get(name) for name in (*LAND_FIELDS, "land_mu")}
    wanted = _first(areas, "land_wanted_mu", "land_mu")
    granted = _first(areas, "land_granted_mu", "land_supplied_mu")
    given = [name for name in (wanted, "land_applied_mu", granted) if areas[name] is not None]
    if any(name in LAND_FIELDS for name in given):
        sheet, cell = row.place.place(given[0])
        yield LandReading(
            row.place.row.project_id, row.place.row.values["project_name"], row.district,
            areas[wanted], areas["land_applied_mu"], areas[granted], sheet, cell,
        )  # fmt: skip


def _first(areas: dict[str, Decimal | None], *names: str) -> str:
    """The first of some fields that says an area, else the first."""
    return next((name for name in names if areas[name] is not None), names[0])


def unknown_states(readers: Iterable[Reader]) -> list[WordQuestion]:
    """One question for each short word of a state that no vocabulary knows; a longer text is to be written anew."""
    places: dict[str, list[tuple[str, str]]] = {}
    for reader in readers:
        for each in reader.findings:
            word = normalise_word(each.value)
            if each.code == "permit_unclear" and len(word) <= LONGEST_WORD and not any(sign.isdigit() for sign in word):
                places.setdefault(word, []).append((f"{each.sheet}!{each.cell}", each.value))
    return [
        WordQuestion(STATES, found[0][1], key, tuple(cell for cell, _ in found[:MOST_CELLS]), len(found), codes_of(STATES))
        for key, found in places.items() if len(places) <= MOST_WORDS
    ]  # fmt: skip
