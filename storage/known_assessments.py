"""Schemes, choices and publications as a running transaction sees them, for the queries and for the checks of a write."""

from __future__ import annotations

import json

import duckdb

from domain.assessment_publications import Publication
from domain.assessment_schemes import Scheme, own_scheme
from domain.built_in_schemes import BUILT_IN_SCHEMES, SAMPLE_SCHEME
from domain.periods import Period
from storage.counting import NEWEST

VERSIONS = "SELECT version, settings, reason FROM assessment_scheme WHERE sequence <= $sequence ORDER BY version"
PUBLICATIONS = """
    SELECT publication_id, period, code, version, acceptances, points, seal, on_date, reason, published_at, published_by
    FROM assessment_publication WHERE sequence <= $sequence ORDER BY sequence
"""


def known_schemes(cursor: duckdb.DuckDBPyConnection, sequence: int = NEWEST) -> dict[str, Scheme]:
    """Key -> scheme as of a write: the one brought along, then the office's own versions, ascending."""
    rows = cursor.execute(VERSIONS, {"sequence": sequence}).fetchall()
    own = [own_scheme(SAMPLE_SCHEME, version, json.loads(settings), reason) for version, settings, reason in rows]
    return {**BUILT_IN_SCHEMES, **{scheme.key: scheme for scheme in own}}


def publications_made(cursor: duckdb.DuckDBPyConnection, sequence: int = NEWEST) -> list[Publication]:
    """Everything that was published, the oldest first."""
    rows = cursor.execute(PUBLICATIONS, {"sequence": sequence}).fetchall()
    return [Publication(publication_id, Period.parse(period), *rest) for publication_id, period, *rest in rows]
