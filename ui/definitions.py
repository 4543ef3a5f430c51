"""What the screens mean by their words, straight from the declarations that the code runs on."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from domain.built_in_rules import ZONE_RULES
from domain.conversion import LEAST_COHORT
from domain.cross_questions import CROSS_CHECKS
from domain.fields import PROJECT_FIELD, PROJECT_FIELDS
from domain.findings import KINDS, LEVELS
from domain.indicators import COUNT, INDICATORS
from domain.ledgers import LEDGERS, Ledger
from domain.reasons import REASONS
from domain.silence import LEAST_SILENT
from domain.stages import STAGES
from domain.standings import DECIDED
from domain.step_durations import LEAST_DURATIONS
from ui.formats import number
from ui.html_tables import Column, Row
from ui.locale import Language, language, t, texts
from ui.names import capital, finding_level_name, heading_of, indicator_name, reason_name
from ui.standing_words import standing_name

RULES = (
    "time_share",
    "gap",
    "gap_grades",
    "overdue",
    "month_grades",
    "first_promise",
    "promise_moves",
    "plan",
    "silence",
    "silent_runs",
    "dates",
    "rejected",
    "nodes",
    "node_words",
    "steps",
    "conversion_rates",
    "step_durations",
    "waits",
    "verified",
    "permit_states",
    "permit_words",
    "permit_started",
    "land_gap",
)


QUOTED = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the definitions page."""

    code: str
    columns: list[Column]
    rows: list[Row]

    @property
    def remark(self) -> str:
        """How to read the table."""
        key = f"definitions.{self.code}_remark"
        return t(key) if key in texts() else ""


def definition_tables() -> list[Section]:
    """All tables in the order of the page."""
    makers: tuple[Callable[[Language], Section], ...] = (
        _indicators,
        _rules,
        _standings,
        _stages,
        _fields,
        _ledgers,
        _reasons,
        _findings,
        _questions,
    )
    return [make(language()) for make in makers]


def _indicators(to: Language) -> Section:
    columns = [
        Column("name", t("definitions.figure"), "name", width="260px"),
        Column("unit", t("definitions.unit"), "short", width="90px"),
        Column("definition", t("definitions.definition")),
        Column("target", t("word.target"), "short", width="90px"),
    ]
    rows: list[Row] = [
        {
            "name": indicator_name(each.code),
            "unit": t("unit.count") if each.unit == COUNT else t("unit.yi"),
            "definition": each.definition if to == "zh" else each.definition_en,
            "target": t("word.yes") if each.target else "",
        }
        for each in INDICATORS.values()
    ]
    return Section("indicators", columns, rows)


def _rules(to: Language) -> Section:
    del to
    values = {"gap": number(abs(ZONE_RULES.behind.value)), "months": ZONE_RULES.start_months, "least": LEAST_SILENT}
    values |= {"cohort": LEAST_COHORT, "spans": LEAST_DURATIONS}
    rows: list[Row] = [
        {"name": t(f"rule.{code}"), "definition": t(f"rule.{code}_text", **_used(f"rule.{code}_text", values))}
        for code in RULES
    ]
    return Section("rules", _name_and_text(), rows)


def _standings(to: Language) -> Section:
    del to
    columns = [
        Column("order", t("definitions.order"), "number", width="80px"),
        Column("name", t("definitions.standing"), "name", width="170px"),
        Column("definition", t("definitions.definition")),
    ]
    rows: list[Row] = [
        {"order": place, "name": standing_name(code), "definition": t(f"standing.{code}_text")}
        for place, code in enumerate(DECIDED, 1)
    ]
    return Section("standings", columns, rows)


def _used(key: str, values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if f"{{{name}}}" in texts()[key]["zh"]}


def _stages(to: Language) -> Section:
    columns = [
        Column("order", t("definitions.order"), "number", width="80px"),
        Column("name", t("short.stage"), "name"),
    ]
    rows: list[Row] = [
        {
            "order": stage.rank + 1 if stage.rank >= 0 else None,
            "name": stage.name if to == "zh" else stage.english,
        }
        for stage in STAGES.values()
    ]
    return Section("stages", columns, rows)


def _fields(to: Language) -> Section:
    columns = [
        Column("name", t("card.field"), "name", width="220px"),
        Column("kind", t("definitions.kind"), "short", width="110px"),
        Column("lasts", t("definitions.lasts"), "short", width="170px"),
        Column("definition", t("definitions.definition")),
    ]
    rows: list[Row] = [
        {
            "name": heading_of(field) + (" *" if field.is_required else ""),
            "kind": t(f"kind.{field.kind}"),
            "lasts": t(f"lasts.{field.lasts}"),
            "definition": field.definition if to == "zh" else field.definition_en,
        }
        for field in PROJECT_FIELDS
    ]
    return Section("fields", columns, rows)


def _ledgers(to: Language) -> Section:
    columns = [
        Column("ledger", t("definitions.ledger"), "name", width="170px"),
        Column("name", t("definitions.ledger_field"), "name", width="220px"),
        Column("kind", t("definitions.kind"), "short", width="110px"),
        Column("definition", t("definitions.definition")),
    ]
    return Section("ledgers", columns, [row for each in LEDGERS.values() for row in _ledger_rows(each, to)])


def _ledger_rows(ledger: Ledger, to: Language) -> list[Row]:
    """The ledger's own definition, then one row a field."""
    own: Row = {"ledger": capital(ledger.title(to)), "definition": ledger.definition if to == "zh" else ledger.definition_en}
    return [
        own,
        *(
            {
                "name": heading_of(field) + (" *" if field in ledger.required else ""),
                "kind": t(f"kind.{field.kind}"),
                "definition": field.definition if to == "zh" else field.definition_en,
            }
            for field in ledger.fields
        ),
    ]


def _reasons(to: Language) -> Section:
    del to
    columns = [Column("name", t("column.reason"), "name", width="220px"), Column("words", t("definitions.words"))]
    rows: list[Row] = [
        {"name": reason_name(reason.code), "words": "、".join(reason.words)} for reason in REASONS.values()
    ]
    return Section("reasons", columns, rows)


def _findings(to: Language) -> Section:
    columns = [
        Column("level", t("definitions.level"), "tag", width="90px"),
        Column("name", t("definitions.finding"), "name", width="240px"),
        Column("effect", t("definitions.effect"), "short", width="190px"),
        Column("message", t("definitions.sentence")),
    ]
    ordered = sorted(KINDS.values(), key=lambda kind: LEVELS.index(kind.level))
    rows: list[Row] = [
        {
            "level": finding_level_name(kind.level),
            "name": kind.title if to == "zh" else kind.title_en,
            "effect": t("effect.blocks") if kind.blocks else t(f"effect.{LEVELS.index(kind.level)}"),
            "message": with_gaps(kind.message if to == "zh" else kind.message_en),
        }
        for kind in ordered
    ]
    return Section("findings", columns, rows)


def _questions(to: Language) -> Section:
    columns = [
        Column("name", t("questions.rule"), "name", width="240px"),
        Column("fields", t("definitions.disputed"), width="300px"),
        Column("sentence", t("definitions.sentence")),
    ]
    rows: list[Row] = [
        {
            "name": check.name if to == "zh" else capital(check.english),
            "fields": t("word.comma").join(heading_of(PROJECT_FIELD[name]) for name in check.fields),
            "sentence": with_gaps(check.question if to == "zh" else check.question_en),
        }
        for check in CROSS_CHECKS.values()
    ]
    return Section("questions", columns, rows)


def with_gaps(sentence: str) -> str:
    """A sentence of the system with … where it quotes a value."""
    return QUOTED.sub("…", sentence)


def _name_and_text() -> list[Column]:
    return [
        Column("name", t("definitions.rule"), "name", width="260px"),
        Column("definition", t("definitions.definition")),
    ]
