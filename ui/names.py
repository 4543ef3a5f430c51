"""Names of what the code calls by codes, in the language in force."""

from __future__ import annotations

from domain.bodies import body_name
from domain.fields import DATE, MONEY, RATE, Field
from domain.findings import LEVEL_ENGLISH
from domain.indicators import INDICATORS
from domain.ledgers import LedgerField, find_declared, find_ledger
from domain.reasons import find_reason
from domain.rule_sets import RuleSet
from domain.stages import stage_name
from storage.accepting import NotAcceptable
from storage.engine import DatabaseNotOpened
from storage.refusals import QueryEnded
from ui.formats import DASH, day_text, is_missing, money, percent
from ui.locale import language, t, texts

NONE = "none"  # of a reason or a level that was not reported
# Fields whose values are words -> the prefix of their names in texts.csv.
WORD_PREFIXES = {"category": "category", "escalation_level": "level", "permit_state": "ledger"}


def capital(text: str) -> str:
    """The text with a capital first letter, as a heading needs it; Chinese stays as it is."""
    return text[:1].upper() + text[1:]


def indicator_name(code: str) -> str:
    """Name of an indicator."""
    indicator = INDICATORS[code]
    return indicator.name if language() == "zh" else capital(indicator.english)


def field_name(name: str) -> str:
    """Heading of a field; an unknown one as it stands."""
    field = find_declared(name)
    return name if field is None else heading_of(field)


def return_name(kind: str) -> str:
    """Name of a form that is sent."""
    ledger = find_ledger(kind)
    return capital(ledger.title(language())) if ledger else t(f"return.{kind}")


def table_name(kind: str) -> str:
    """Name of what a table lists."""
    ledger = find_ledger(kind)
    return capital(ledger.title(language())) if ledger else t(f"table.{kind}")


def heading_of(field: Field) -> str:
    """Heading of a declared field."""
    return field.heading if language() == "zh" else capital(field.english)


def reason_name(code: str | None) -> str:
    """Name of a reason; that none was said, for none."""
    reason = find_reason(code)
    if reason is None:
        return t("delayed.no_reason")
    return reason.name if language() == "zh" else capital(reason.english)


def escalation_name(code: str) -> str:
    """Name of the level that must solve an issue; that none was given, for none."""
    return t("delayed.no_level") if code == NONE else t(f"level.{code}")


def stage_text(code: object) -> str:
    """Name of a stage; a dash for none."""
    return capital(stage_name(code if isinstance(code, str) and code else None, language()))


def rules_name(rules: RuleSet) -> str:
    """Name and version of a rule set: 本区第 1 版."""
    name = rules.name if language() == "zh" else rules.english
    return t("rules.named", name=name, version=rules.version)


def finding_level_name(level: str) -> str:
    """Name of a finding's level."""
    return level if language() == "zh" else LEVEL_ENGLISH[level]


def sentence_of(error: NotAcceptable | DatabaseNotOpened | QueryEnded) -> str:
    """What an error of storage has to say."""
    return error.message_zh if language() == "zh" else error.message_en


def plain_value(field: Field, value: object) -> str:
    """A value of a field as text, by its kind; a dash for none."""
    if is_missing(value):
        return DASH
    if field.kind == MONEY:
        return money(value)
    if field.kind == RATE:
        return percent(value)
    if field.kind == DATE:
        return day_text(value)  # type: ignore[arg-type]
    if isinstance(field, LedgerField) and field.choices:
        return choice_name(field, str(value))
    return word_text(field.name, str(value))


def choice_name(field: LedgerField, code: str) -> str:
    """A word of a ledger's field; a code that is declared no more as it stands."""
    choice = next((each for each in field.choices if each.code == code), None)
    if choice is None:
        return code
    return choice.name if language() == "zh" else capital(choice.english)


def word_text(field: str, code: str) -> str:
    """A value of a field as a word: codes by their names, any other text as it stands."""
    if field == "stage":
        return stage_text(code)
    if field == "district":
        return body_name(code, language())
    key = f"{WORD_PREFIXES.get(field, field)}.{code}"
    return t(key) if key in texts() else code
