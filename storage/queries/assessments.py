"""Schemes of the assessment, which is in force, and what was published, as known at the record's acceptances."""

from __future__ import annotations

from domain.assessment_publications import Publication
from domain.assessment_schemes import Scheme
from domain.scope import Record, Scope
from domain.version_choices import VersionChoice
from storage.counting import params_of
from storage.engine import Database
from storage.known_assessments import known_schemes, publications_made
from storage.version_choices import SCHEME_CHOICES, choices_made


def schemes(db: Database, scope: Scope, record: Record) -> dict[str, Scheme]:
    """Key -> scheme: the one that the system brings along, then the office's own versions, ascending."""
    with db.cursor() as cursor:
        return known_schemes(cursor, params_of(scope, record)["sequence"])


def scheme_choices(db: Database, scope: Scope, record: Record) -> list[VersionChoice]:
    """The decisions which scheme holds from when, in the order in which they were made."""
    with db.cursor() as cursor:
        return choices_made(cursor, SCHEME_CHOICES, params_of(scope, record)["sequence"])


def publications(db: Database, scope: Scope, record: Record) -> list[Publication]:
    """Everything that was published, the oldest first. A district's people are shown their own rows of it."""
    with db.cursor() as cursor:
        return publications_made(cursor, params_of(scope, record)["sequence"])
