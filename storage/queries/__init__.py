"""The questions that screens and reports may ask; each takes for whom (Scope) and as of what (Record) first."""

from storage.counting import counted_submissions
from storage.queries.annual import node_reports, nodes, targets
from storage.queries.assessments import publications, scheme_choices, schemes
from storage.queries.collection import (
    CollectedReturn,
    collected_returns,
    due_rules,
    first_periods,
    lock_exceptions,
    period_locks,
)
from storage.queries.evidence import evidence_file, recorded_evidence
from storage.queries.findings import StoredFinding, findings_of
from storage.queries.history import project_history
from storage.queries.issues import issue_events, issue_rows, opened_issues, taught_words
from storage.queries.known import known_for
from storage.queries.ledgers import ledger_cells, ledger_rows
from storage.queries.meetings import LaterReturn, NewerThanSeal, find_seal, newer_since, seal_in_force, seals, titles
from storage.queries.periods import (
    accepted_periods,
    reported_bodies,
    sample_receipts,
    targets_are_samples,
)
from storage.queries.permits import land_words, permit_words
from storage.queries.places import outline, place_events
from storage.queries.promises import promise_chains
from storage.queries.rulings import excuses, rule_choices, rule_sets, suspension_events
from storage.queries.sources import ColumnSource, ValueSource, columns_of, original_of, value_source, value_sources
from storage.queries.stages import stages_seen
from storage.queries.states import project_states
from storage.queries.tasks import (
    rectification_bulletins,
    rectification_problems,
    rectifications,
    relapse_rulings,
    task_details,
    task_events,
    task_reports,
    tasks,
)
from storage.queries.works import work_returns
from storage.readings import corrections
from storage.receipts import Receipt, find_receipt, receipts

__all__ = [
    "CollectedReturn",
    "ColumnSource",
    "LaterReturn",
    "NewerThanSeal",
    "Receipt",
    "StoredFinding",
    "ValueSource",
    "accepted_periods",
    "collected_returns",
    "columns_of",
    "corrections",
    "counted_submissions",
    "due_rules",
    "evidence_file",
    "excuses",
    "find_receipt",
    "find_seal",
    "findings_of",
    "first_periods",
    "issue_events",
    "issue_rows",
    "known_for",
    "land_words",
    "ledger_cells",
    "ledger_rows",
    "lock_exceptions",
    "newer_since",
    "node_reports",
    "nodes",
    "opened_issues",
    "original_of",
    "outline",
    "period_locks",
    "permit_words",
    "place_events",
    "project_history",
    "project_states",
    "promise_chains",
    "publications",
    "receipts",
    "recorded_evidence",
    "rectification_bulletins",
    "rectification_problems",
    "rectifications",
    "relapse_rulings",
    "reported_bodies",
    "rule_choices",
    "rule_sets",
    "sample_receipts",
    "scheme_choices",
    "schemes",
    "seal_in_force",
    "seals",
    "stages_seen",
    "suspension_events",
    "targets",
    "targets_are_samples",
    "task_details",
    "task_events",
    "task_reports",
    "tasks",
    "taught_words",
    "titles",
    "value_source",
    "value_sources",
    "work_returns",
]
