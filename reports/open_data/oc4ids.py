"""The registry in the Open Contracting for Infrastructure Data Standard (OC4IDS 0.9), as a package of projects.

https://standard.open-contracting.org/infrastructure/0.9/: a project's period is what was first promised, its milestones
the latest plan and what came, its completion the actual date. Industrial projects are not infrastructure in the
standard's sense; they are told apart by a classification and by their sector.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pandas as pd

from domain.bodies import body_name
from domain.periods import Period
from domain.submissions import INFRASTRUCTURE
from reports.open_data.mapping import sector_of_work, standard_codes
from reports.written import is_missing

VERSION = "0.9"
# A stand-in: a prefix of one's own is given out by the helpdesk of the standard, and until then this one marks that
# the identifiers are not registered.
PREFIX = "oc4ids-xxxxxx"
PREFIX_NOTE = "项目标识前缀 oc4ids-xxxxxx 仅为示意，向标准维护机构登记后更换。"
OFFSET = "+08:00"
YUAN_PER_WAN = 10_000
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "黄海新区项目监测/开放数据")
SCHEMES = {"category": "产业类型", "industry": "所属行业", "industry_chain": "重点产业链", "kind": "项目类别"}
# Id, title, the standard's type, the column of the plan, the column of what came.
MILESTONES = (
    ("signing", "签约", "approval", None, "signed_date"),
    ("start", "开工", "delivery", "planned_start_date", "start_date"),
    ("completion", "竣工", "delivery", "planned_completion_date", "completion_date"),
    ("production", "投产", "delivery", None, "production_date"),
    ("capacity", "达产", "delivery", None, "capacity_date"),
)
SHARE = {"name": "占总工程量的比重（0至1）"}
Row = Mapping[str, Any]


def oc4ids_package(
    states: pd.DataFrame, period: Period, published_at: datetime, publisher: str, remark: str = ""
) -> dict[str, Any]:
    """A package of the projects in these states, as of the period's end. ``published_at`` is the office's local time.

    ``remark`` stands at the beginning of each project's description: that sample data are made up.
    """
    projects = [_project(row, period, remark) for row in states.to_dict("records")]
    content = f"{period}\n{published_at.isoformat()}\n" + "\n".join(project["id"] for project in projects)
    return {
        "uri": f"urn:uuid:{uuid.uuid5(NAMESPACE, content)}",
        "publishedDate": f"{published_at.replace(microsecond=0, tzinfo=None).isoformat()}{OFFSET}",
        "version": VERSION,
        "publisher": {"name": publisher},
        "projects": projects,
    }


def _project(row: Row, period: Period, remark: str) -> dict[str, Any]:
    """What is known of a project; what is not reported is left out, since the standard has no empty values."""
    owner = _owner(row)
    is_work = row["kind"] == INFRASTRUCTURE
    return _without_empty({
        "id": f"{PREFIX}-{row['project_id']}",
        "updated": _moment(Period.parse(row["last_period"]).last_day),
        "language": "zh",
        "identifiers": _identifiers(row),
        "publicAuthority": owner if is_work else None,
        "title": row["project_name"],
        "description": " ".join(filter(None, (remark, _text(row["construction_text"])))),
        "status": standard_codes("stage").get(_text(row["stage"])),
        "type": standard_codes("nature").get(_text(row["nature"])),
        "sector": _sector(row),
        "additionalClassifications": _classifications(row),
        "locations": [{"id": "1", "description": body_name(row["body"]), "address": {"region": "江苏省", "countryName": "中国"}}],
        "period": _period(row["first_planned_start_date"], row["first_planned_completion_date"]),
        "budget": {"amount": _value(row["total_investment_wan"])} if not is_missing(row["total_investment_wan"]) else None,
        "parties": [{**owner, "roles": ["publicAuthority" if is_work else "funder"]}] if owner else None,
        "milestones": _milestones(row, period),
        "metrics": _metrics(row, period),
        "completion": {"endDate": _moment(row["completion_date"])} if _has_come(row["completion_date"], period) else None,
    })  # fmt: skip


def _identifiers(row: Row) -> list[dict[str, str]] | None:
    code = _text(row["project_code"])
    return [{"id": code, "scheme": "投资项目在线审批监管平台"}] if code else None


def _owner(row: Row) -> dict[str, str] | None:
    name = _text(row["owner_name"])
    return {"name": name, "id": str(uuid.uuid5(NAMESPACE, name))} if name else None


def _sector(row: Row) -> list[str] | None:
    sector = standard_codes("kind").get(row["kind"]) or sector_of_work(row["project_name"])
    return [sector] if sector else None


def _classifications(row: Row) -> list[dict[str, str]]:
    said = ((scheme, _text(row[column])) for column, scheme in SCHEMES.items())
    return [{"scheme": scheme, "id": text} for scheme, text in said if text]


def _milestones(row: Row, period: Period) -> list[dict[str, str]] | None:
    found = [_milestone(*each, row, period) for each in MILESTONES]
    return [each for each in found if each] or None


def _milestone(
    code: str, title: str, kind: str, planned: str | None, actual: str, row: Row, period: Period
) -> dict[str, str] | None:
    """A milestone that is planned or has come; due and not come is not met, due later is scheduled."""
    due = row[planned] if planned else None
    met = row[actual] if _has_come(row[actual], period) else None
    if is_missing(due) and met is None:
        return None
    is_due = not is_missing(due) and pd.Timestamp(due).date() <= period.last_day
    state = "met" if met is not None else "notMet" if is_due else "scheduled"
    return _without_empty(
        {"id": code, "title": title, "type": kind, "dueDate": _moment(due), "dateMet": _moment(met), "status": state}
    )


def _metrics(row: Row, period: Period) -> list[dict[str, Any]] | None:
    """Investment of the year and share of the work done."""
    year = {"startDate": _moment(date(period.year, 1, 1)), "endDate": _moment(period.last_day)}
    found = []
    if not is_missing(row["investment_ytd_wan"]):
        spent = {"id": "1", "period": year, "value": _value(row["investment_ytd_wan"])}
        found.append({"id": "investmentYearToDate", "title": "本年累计完成投资", "observations": [spent]})
    if not is_missing(row["progress_rate"]):
        done = {
            "id": "1",
            "period": {"endDate": year["endDate"]},
            "measure": float(row["progress_rate"]),
            "unit": SHARE,
        }
        found.append({"id": "physicalProgress", "title": "形象进度", "observations": [done]})
    return found or None


def _value(wan: float) -> dict[str, Any]:
    """An amount in yuan; whole yuan, since 万元 is kept in four decimals."""
    return {"amount": round(float(wan) * YUAN_PER_WAN), "currency": "CNY"}


def _period(start: Any, end: Any) -> dict[str, str] | None:
    return _without_empty({"startDate": _moment(start), "endDate": _moment(end)}) or None


def _has_come(day: Any, period: Period) -> bool:
    return not is_missing(day) and pd.Timestamp(day).date() <= period.last_day


def _moment(day: Any) -> str | None:
    """A day as the standard wants it, from midnight of the office."""
    return None if is_missing(day) else f"{pd.Timestamp(day).date().isoformat()}T00:00:00{OFFSET}"


def _text(value: Any) -> str:
    return "" if is_missing(value) else str(value).strip()


def _without_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}
