"""Rule sets and which is in force, suspensions and excuses: what people ruled, as known at the record's acceptances."""

from __future__ import annotations

import json

from domain.built_in_rules import BUILT_IN
from domain.rule_choices import own_version
from domain.rule_sets import RuleSet
from domain.rulings import Excuse, SuspensionEvent
from domain.scope import Record, Scope
from domain.version_choices import VersionChoice
from storage.counting import params_of
from storage.engine import Database
from storage.known_rulings import readable_excuses, readable_suspensions
from storage.version_choices import RULE_CHOICES, choices_made

VERSIONS = """
    SELECT version, settings, reason FROM rule_set WHERE sequence <= $sequence ORDER BY version
"""


def rule_sets(db: Database, scope: Scope, record: Record) -> dict[str, RuleSet]:
    """Key -> rule set: those that the system brings along, then the office's own versions, ascending."""
    sequence = params_of(scope, record)["sequence"]
    with db.cursor() as cursor:
        rows = cursor.execute(VERSIONS, {"sequence": sequence}).fetchall()
    own = [own_version(version, json.loads(settings), reason) for version, settings, reason in rows]
    return {**BUILT_IN, **{rules.key: rules for rules in own}}


def rule_choices(db: Database, scope: Scope, record: Record) -> list[VersionChoice]:
    """The decisions which rule set holds from when, in the order in which they were made."""
    with db.cursor() as cursor:
        return choices_made(cursor, RULE_CHOICES, params_of(scope, record)["sequence"])


def suspension_events(db: Database, scope: Scope, record: Record) -> list[SuspensionEvent]:
    """What was recorded of suspensions, in the order in which it was."""
    with db.cursor() as cursor:
        return readable_suspensions(cursor, params_of(scope, record))


def excuses(db: Database, scope: Scope, record: Record) -> list[Excuse]:
    """The decisions on months excused, those that are void and those that voided them included, in the order recorded."""
    with db.cursor() as cursor:
        return readable_excuses(cursor, params_of(scope, record))
