"""What people record to verify a start or a completion: numbers, visits, codes, photos; and what they withdraw of it."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from functools import partial

import duckdb

from domain.bodies import BODIES
from domain.evidence import Evidence, evidence_id_of, evidence_key, fault_of_evidence
from domain.evidence_files import fault_of_file, kept_name
from domain.indicators import MILESTONES
from storage.accepting import finish_write
from storage.counting import COUNTED, NEWEST
from storage.engine import Database, read_version
from storage.originals import keep_original, sha256_of
from storage.refusals import refuse

FAULTS = {
    "unknown_code": ("节点或依据类别不在代码表内。", "The milestone or the kind of evidence is not in the code list."),
    "no_value": ("请填写号码、编码或现场所见。", "Give the number, the code or what was seen."),
    "no_file": ("照片类依据必须上传照片。", "A photo is evidence with its file only."),
    "too_long": (
        "文字过长：号码或所见不超过 100 字，说明不超过 300 字。",
        "Too long: 100 characters at most, 300 for the note.",
    ),
    "in_future": ("日期不能晚于今天。", "The date must not be after today."),
    "seen_before": (
        "现场核实、照片的日期早于认定日期，不能证明此后的开工或竣工。",
        "What was seen before the date recognised cannot show what came after.",
    ),
    "unknown_project": ("没有这个项目，或项目不属于该片区。", "There is no such project of this district."),
    "not_reported": (
        "报表没有报过这个项目的开工（竣工）日期，没有可认定的内容。",
        "No return in force reports this start or completion; there is nothing to verify.",
    ),
    "known_already": ("同一依据已经登记。", "This very evidence is recorded already."),
    "too_large": ("文件超过 10 MB。", "The file is larger than 10 MB."),
    "no_picture": (
        "只收 JPG、PNG 图片和 PDF；文件内容不是这几种。",
        "JPEG, PNG and PDF only; the file is none of these.",
    ),
    "unknown_evidence": ("没有这条依据。", "There is no such evidence."),
    "withdrawn_already": ("这条依据已经撤回。", "This evidence is withdrawn already."),
    "no_reason": ("请填写撤回的理由。", "Say why it is withdrawn."),
}
_refuse = partial(refuse, FAULTS)
KNOWN = "SELECT count(*) FROM project_row WHERE project_id = $project_id AND body = $body"
# Milestones are our own words, checked before they stand in a name.
REPORTED = {
    milestone: f"""
    WITH counted AS ({COUNTED})
    SELECT count(*) FROM project_row JOIN counted USING (submission_id)
    WHERE is_counted AND project_id = $project_id AND {milestone}_date IS NOT NULL
    """
    for milestone in MILESTONES
}
# Of one project, in the order recorded, each with whether it stands.
EARLIER = """
    SELECT project_id, body, milestone, kind, on_date, verified_date, value, note, file_sha256, file_name,
        withdrawn_sequence IS NULL
    FROM recorded_evidence WHERE project_id = $project_id ORDER BY sequence
"""


def record_evidence(
    db: Database, evidence: Evidence, content: bytes | None = None, *, actor: str = "office", recorded_at: datetime
) -> str:
    """Record one piece of evidence with the bytes of its photo or scan, and return its id.

    The bytes are kept among the originals under their SHA-256, which is put into the evidence. Raises NotAcceptable,
    with the sentence for the screen, and keeps nothing then.
    """
    evidence = _tidied(evidence, content)
    _refuse(fault_of_evidence(evidence, recorded_at.date()))
    with db.cursor() as cursor:
        _new_id(cursor, evidence)  # refused before any byte is kept

    def store(cursor: duckdb.DuckDBPyConnection) -> str:
        evidence_id = _new_id(cursor, evidence)
        values = {
            "sequence": read_version(cursor),
            "evidence_id": evidence_id,
            **asdict(evidence),
            "byte_count": len(content or b""),
            "recorded_at": recorded_at,
            "recorded_by": actor,
        }
        places = ", ".join(f"${name}" for name in values)
        cursor.execute(f"INSERT INTO evidence ({', '.join(values)}) VALUES ({places})", values)
        return evidence_id

    if content is not None:
        keep_original(db, content)
    return db.write(store, after=lambda _: finish_write(db))


def withdraw_evidence(
    db: Database, evidence_id: str, *, reason: str, actor: str = "office", withdrawn_at: datetime
) -> None:
    """Withdraw one piece of evidence; it stays on record with the reason. Raises NotAcceptable."""
    reason = " ".join(reason.split())
    _refuse(None if reason else "no_reason")

    def store(cursor: duckdb.DuckDBPyConnection) -> None:
        found = cursor.execute(
            "SELECT withdrawn_sequence FROM recorded_evidence WHERE evidence_id = $1", [evidence_id]
        ).fetchone()
        _refuse("unknown_evidence" if found is None else "withdrawn_already" if found[0] is not None else None)
        values = [read_version(cursor), evidence_id, withdrawn_at, actor, reason]
        cursor.execute("INSERT INTO evidence_withdrawal VALUES ($1, $2, $3, $4, $5)", values)

    db.write(store, after=lambda _: finish_write(db))


def _tidied(evidence: Evidence, content: bytes | None) -> Evidence:
    """Texts without stray spaces; the file by its bytes, under a name of its own type. Raises NotAcceptable for another."""
    texts = {"value": " ".join(evidence.value.split()), "note": " ".join(evidence.note.split())}
    if content is None:
        return replace(evidence, **texts, file_sha256="", file_name="")
    _refuse(fault_of_file(content))
    return replace(evidence, **texts, file_sha256=sha256_of(content), file_name=kept_name(evidence.file_name, content))


def _new_id(cursor: duckdb.DuckDBPyConnection, evidence: Evidence) -> str:
    """The id that the evidence gets. Raises NotAcceptable where the record has no place for it."""
    project = {"project_id": evidence.project_id}
    _refuse(None if _is_any(cursor, KNOWN, {**project, "body": evidence.body}) else "unknown_project")
    counted = {**project, "sequence": NEWEST, "bodies": list(BODIES)}
    _refuse(None if _is_any(cursor, REPORTED[evidence.milestone], counted) else "not_reported")
    earlier = [(Evidence(*row[:-1]), row[-1]) for row in cursor.execute(EARLIER, project).fetchall()]
    same = [stands for each, stands in earlier if evidence_key(each) == evidence_key(evidence)]
    _refuse("known_already" if any(same) else None)
    return evidence_id_of(evidence, len(same))


def _is_any(cursor: duckdb.DuckDBPyConnection, sql: str, params: dict[str, object]) -> bool:
    row = cursor.execute(sql, params).fetchone()
    return bool(row and row[0])
