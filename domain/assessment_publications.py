"""A published assessment: the points as they were, kept as a text with its seal, never computed again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

import pandas as pd

from domain.assessment import COLUMNS, totals
from domain.assessment_schemes import Scheme
from domain.periods import Period

ID_COLUMNS = ("project_ids", "excused_ids")
NUMBER_COLUMNS = ("points", "full", "figure", "target")


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published of a month: by which version of which scheme, on what was known, on which day and why."""

    publication_id: str
    period: Period
    code: str
    version: int
    acceptances: int
    points: str
    seal: str
    on_date: date
    reason: str
    published_at: datetime
    published_by: str

    @property
    def is_intact(self) -> bool:
        """Whether the text is the one that was sealed."""
        return seal_of(self.points) == self.seal


def seal_of(text: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def as_text(scheme: Scheme, points: pd.DataFrame) -> str:
    """Points, totals and the lines of the scheme with their names and sources, as one JSON text."""
    kept = {
        "scheme": asdict(scheme),
        "points": _plain(points),
        "totals": _plain(totals(scheme, points)),
    }
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, allow_nan=False)


def published_points(publication: Publication, assessed: Iterable[str] | None = None) -> pd.DataFrame:
    """The points as published, with the columns of ``score``; of these assessed alone where given."""
    rows = json.loads(publication.points)["points"]
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype(dict.fromkeys(NUMBER_COLUMNS, float))
    frame = frame.assign(**{name: frame[name].map(tuple) for name in ID_COLUMNS})
    return frame if assessed is None else frame[frame["assessed"].isin(list(assessed))]


def published_totals(publication: Publication) -> pd.DataFrame:
    """The totals as published, with the columns of ``totals``."""
    rows = json.loads(publication.points)["totals"]
    return pd.DataFrame(rows, columns=["assessed", "period", "span", "total", "gaps"]).astype({"total": float})


def published_scheme(publication: Publication, base: Scheme) -> Scheme:
    """The scheme as published: names, sources and numbers of its lines, whatever the code says of them today."""
    kept = json.loads(publication.points)["scheme"]
    known = {line.code: line for line in base.lines}
    lines = tuple(
        replace(known[line["code"]], **{name: line[name] for name in TOLD})
        for line in kept["lines"]
        if line["code"] in known
    )
    told = {
        name: kept[name] for name in ("version", "name", "english", "source", "source_en", "least", "most", "is_sample")
    }
    return replace(base, lines=lines, **told)


TOLD = (
    "name", "english", "indicator", "formula", "source", "source_en", "points", "cap", "per_unit", "least", "most",
)  # fmt: skip


def _plain(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Rows as plain values: a missing number is null, ids are lists."""
    texts = frame.astype(object).where(frame.notna(), None)
    return [
        {name: list(value) if isinstance(value, tuple) else value for name, value in row.items()}
        for row in texts.to_dict("records")
    ]
