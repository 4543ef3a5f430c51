"""The open export whole: the tables, the OC4IDS package, the codes, and a description that programs and people read."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

import orjson

from domain.bodies import DISTRICT_CODES, body_name
from domain.scope import Record, Scope
from domain.submissions import INFRASTRUCTURE, PROJECTS
from reports.open_data.mapping import OpenColumn, open_columns
from reports.open_data.oc4ids import PREFIX_NOTE, VERSION, oc4ids_package
from reports.open_data.tables import GUARD, as_csv, as_parquet, codes_csv, open_rows
from storage.engine import Database
from storage.queries import project_states, receipts
from storage.samples import has_samples

RESOURCES = {PROJECTS: ("projects", "产业项目"), INFRASTRUCTURE: ("infrastructure", "基础设施")}
PUBLISHER = "黄海新区"
SAMPLE = "示例数据（虚构），不代表实际情况。"
SAMPLE_PUBLISHER = "示例数据（虚构），并非任何机构发布"
GUARD_NOTE = f"CSV 中以等号、加号、减号、@ 等开头的文字前加一个单引号（{GUARD}），以免被表格软件当作公式执行；Parquet、JSON 中为原文。"
EMPTY_NOTE = "空白表示未报送，不等于零。"


def open_files(db: Database, scope: Scope, record: Record, published_at: datetime) -> dict[str, bytes]:
    """File's name -> content, of all that the scope may read as of the record. ``published_at`` is local time.

    A registry without projects has no OC4IDS package, which the standard does not allow to be empty.
    """
    states = project_states(db, scope, record)
    is_sample = has_samples(receipts(db, scope))
    files: dict[str, bytes] = {}
    for kind, (name, title) in RESOURCES.items():
        rows = open_rows(states, kind)
        files[f"{name}.csv"] = as_csv(rows)
        files[f"{name}.parquet"] = as_parquet(rows, SAMPLE + title if is_sample else title)
    if len(states):
        publisher, remark = (SAMPLE_PUBLISHER, SAMPLE) if is_sample else (PUBLISHER, "")
        package = oc4ids_package(states, record.period, published_at, publisher, remark)
        files["oc4ids.json"] = orjson.dumps(package, option=orjson.OPT_INDENT_2)
    files["codes.csv"] = codes_csv()
    described = _description(scope, record, published_at, list(files), is_sample=is_sample)
    return {"datapackage.json": orjson.dumps(described, option=orjson.OPT_INDENT_2), **files}


def open_package(db: Database, scope: Scope, record: Record, published_at: datetime) -> bytes:
    """The same as one .zip."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in open_files(db, scope, record, published_at).items():
            package.writestr(name, content)
    return out.getvalue()


def package_name(record: Record) -> str:
    """Name of the .zip."""
    return f"{PUBLISHER}项目开放数据{record.period}.zip"


def _description(
    scope: Scope, record: Record, published_at: datetime, names: list[str], *, is_sample: bool
) -> dict[str, Any]:
    """A data package (datapackage.org): what the files are, and each column with its meaning: the data dictionary."""
    covered = "、".join(body_name(code) for code in DISTRICT_CODES if scope.allows(code))
    as_of = f"数据截至 {record.period.last_day.isoformat()}，范围：{covered}。"
    return {
        "profile": "data-package",
        "name": f"projects-{record.period}" + ("-sample" if is_sample else ""),
        "title": f"{PUBLISHER}项目开放数据 {record.period}" + ("（示例数据，虚构）" if is_sample else ""),
        "description": (SAMPLE if is_sample else "") + as_of + EMPTY_NOTE + GUARD_NOTE + PREFIX_NOTE,
        "created": f"{published_at.replace(microsecond=0, tzinfo=None).isoformat()}+08:00",
        "contributors": [{"title": SAMPLE_PUBLISHER if is_sample else PUBLISHER, "role": "publisher"}],
        "is_sample": is_sample,
        "oc4ids_version": VERSION,
        "resources": [_resource(name) for name in names],
    }


def _resource(path: str) -> dict[str, Any]:
    """A file; of a table its columns too."""
    name, extension = path.split(".")
    resource: dict[str, Any] = {"name": f"{name}-{extension}", "path": path, "format": extension}
    if extension != "parquet":
        resource["encoding"] = "utf-8"
    titles = dict(RESOURCES.values())
    if name in titles:
        columns = [_field(each) for each in open_columns()]
        resource["title"] = titles[name]
        resource["schema"] = {"primaryKey": ["project_id"], "missingValues": [""], "fields": columns}
    return resource


def _field(column: OpenColumn) -> dict[str, Any]:
    about = {"unit": column.unit, "oc4ids": column.oc4ids, "description_en": column.definition_en}
    return {
        "name": column.column,
        "type": column.type,
        "title": column.title,
        "description": column.definition,
        **{key: value for key, value in about.items() if value},
    }
