"""One receipt as a page to print or keep: who sent what and when, what it counts, what it replaced, what was explained.

The page stands alone: no script, no font, no address. Every text goes through html.escape.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from domain.bodies import body_name
from domain.findings import LEVEL_ENGLISH, LEVELS
from domain.ledgers import find_declared, find_ledger
from domain.periods import Period
from domain.submissions import ANNUAL_NODE_PLAN, ANNUAL_TARGETS, MONTHLY_RETURN, PERMIT_LEDGER, Correction
from reports.written import plain_number
from storage.queries import Receipt, StoredFinding
from storage.receipts import STATE_ENGLISH

DASH = "—"
WORDS = {
    "zh": {
        "lang": "zh-CN", "title": "报表接收回执", "zone": "黄海新区重大项目督查",
        "number": "回执号", "what": "报表", "when": "接收时间", "who": "接收人", "file": "文件", "size": "{size} 字节",
        "hash": "文件指纹（SHA-256）", "counts": "项目数", "projects": "产业项目 {projects} 个，基础设施 {works} 项",
        "total": "本年累计完成投资合计", "wan": "{amount} 万元", "levels": "校验问题", "reason": "说明", "state": "状态",
        "replaces": "替换的回执", "withdrawn": "撤回", "withdrawal": "{when}，{who}：{reason}",
        "repeat": "同一文件此前已接收，本次没有重复写入。", "findings": "校验问题及说明", "none": "没有校验问题。",
        "level": "级别", "place": "位置", "message": "校验意见", "given": "说明",
        "sender": "报送单位（盖章）：", "receiver": "接收单位（盖章）：", "between": "：", "listed": "，",
        MONTHLY_RETURN: "月报表", ANNUAL_TARGETS: "年度目标任务分解表", ANNUAL_NODE_PLAN: "年度推进计划表",
        PERMIT_LEDGER: "手续台账",
        "corrections": "接收前就地改正", "field": "栏目", "before": "填报值", "after": "更正为",
        "month_of": "{year}年{month}月", "year_of": "{year}年", "office": "办公室",
    },
    "en": {
        "lang": "en", "title": "Receipt of a return", "zone": "Huanghai New Area, project monitor",
        "number": "Receipt", "what": "Return", "when": "Accepted at", "who": "Accepted by", "file": "File",
        "size": "{size} bytes", "hash": "File hash (SHA-256)", "counts": "Projects",
        "projects": "{projects} projects, {works} works", "total": "Investment this year, total",
        "wan": "{amount} × 10,000 yuan", "levels": "Findings", "reason": "Reason", "state": "State",
        "replaces": "Replaces", "withdrawn": "Withdrawn", "withdrawal": "{when}, {who}: {reason}",
        "repeat": "This very file was accepted before; nothing was written.", "findings": "Findings and reasons",
        "none": "There are no findings.", "level": "Level", "place": "Place", "message": "Finding", "given": "Reason",
        "sender": "Sender (seal): ", "receiver": "Receiver (seal): ", "between": ": ", "listed": ", ",
        MONTHLY_RETURN: "monthly return", ANNUAL_TARGETS: "targets of the year", ANNUAL_NODE_PLAN: "node plan of the year",
        PERMIT_LEDGER: "ledger of permits and land",
        "corrections": "Mended before acceptance", "field": "Field", "before": "As typed", "after": "Mended to",
        "month_of": "{year}-{month:02d}", "year_of": "{year}", "office": "the office",
    },
}  # fmt: skip
STYLE = """
@page { size: A4; margin: 18mm 16mm; }
body { font: 11pt/1.6 "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif; color: #1f2937; margin: 0 auto; max-width: 178mm; }
h1 { font-size: 18pt; text-align: center; margin: 0 0 2mm; }
h2 { font-size: 12pt; margin: 7mm 0 2mm; }
p.zone { text-align: center; color: #5f6b7a; margin: 0 0 6mm; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border: 0.5pt solid #9aa5b1; padding: 1.5mm 2mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { font-weight: 600; background: #edf1f5; }
table.facts th { width: 44mm; }
th.level { width: 17mm; }
th.place { width: 34mm; }
th.given { width: 42mm; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
p.seals { display: flex; justify-content: space-between; margin: 14mm 0 0; break-inside: avoid; }
p.seals span { width: 46%; }
@media print { th { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""


def receipt_page(
    receipt: Receipt,
    findings: Sequence[StoredFinding],
    language: str = "zh",
    corrections: Sequence[Correction] = (),
) -> str:
    """The HTML page of one receipt; ``findings`` with their reasons and ``corrections`` are those of its submission."""
    words = WORDS[language]
    title = f"{words['title']} {receipt.receipt_number}"
    repeat = f"<p>{escape(words['repeat'])}</p>" if receipt.is_repeat else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{words["lang"]}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<h1>{escape(words["title"])}</h1>\n<p class="zone">{escape(words["zone"])}</p>\n{repeat}'
        f"{_facts_table(receipt, language)}\n{_corrections_part(corrections, language)}"
        f"<h2>{escape(words['findings'])}</h2>\n{_findings_table(findings, language)}\n"
        f'<p class="seals"><span>{escape(words["sender"])}</span><span>{escape(words["receiver"])}</span></p>\n'
        "</body>\n</html>\n"
    )


def receipt_name(receipt: Receipt) -> str:
    """The file's name."""
    return f"回执_{receipt.receipt_number}.html"


def _facts_table(receipt: Receipt, language: str) -> str:
    words = WORDS[language]
    rows = "".join(
        f'<tr><th scope="row">{escape(words[name])}</th><td>{escape(text)}</td></tr>'
        for name, text in _facts(receipt, language)
    )
    return f'<table class="facts">{rows}</table>'


def _facts(receipt: Receipt, language: str) -> list[tuple[str, str]]:
    """(key of the row's name, text) of what a receipt says of its return."""
    words = WORDS[language]
    total = receipt.total_ytd_wan
    counted = [
        ("counts", words["projects"].format(projects=receipt.project_count, works=receipt.infrastructure_count)),
        ("total", DASH if total is None else words["wan"].format(amount=plain_number(float(total)))),
    ]
    facts = [
        ("number", receipt.receipt_number),
        ("what", _what(receipt, language)),
        ("when", f"{receipt.accepted_at:%Y-%m-%d %H:%M}"),
        ("who", _actor(receipt.accepted_by, language)),
        ("file", f"{receipt.file_name} ({words['size'].format(size=f'{receipt.byte_count:,}')})"),
        ("hash", receipt.sha256),
        *([] if find_ledger(receipt.kind) else counted),
        ("levels", _level_counts(receipt, language)),
        ("reason", receipt.reason or DASH),
        ("replaces", receipt.replaces or DASH),
        ("state", receipt.state if language == "zh" else STATE_ENGLISH[receipt.state]),
    ]
    if receipt.withdrawn_at is not None:
        who = _actor(receipt.withdrawn_by or "", language)
        when = f"{receipt.withdrawn_at:%Y-%m-%d %H:%M}"
        text = words["withdrawal"].format(when=when, who=who, reason=receipt.withdrawal_reason or DASH)
        facts.append(("withdrawn", text))
    return facts


def _what(receipt: Receipt, language: str) -> str:
    """Whose return of which month or year."""
    words = WORDS[language]
    period = Period.parse(receipt.period)
    form = words["year_of" if receipt.kind in (ANNUAL_TARGETS, ANNUAL_NODE_PLAN) else "month_of"]
    when = form.format(year=period.year, month=period.month)
    ledger = find_ledger(receipt.kind)
    name = ledger.title(language) if ledger else words[receipt.kind]
    return f"{body_name(receipt.body, language)} {when} {name}"


def _actor(code: str, language: str) -> str:
    """Who acted; until accounts exist everybody is the office."""
    return WORDS[language]["office"] if code == "office" else code


def _level_counts(receipt: Receipt, language: str) -> str:
    words = WORDS[language]
    counts = zip(LEVELS, (receipt.error_count, receipt.explain_count, receipt.hint_count), strict=True)
    return words["listed"].join(f"{_level_name(level, language)}{words['between']}{count}" for level, count in counts)


def _level_name(level: str, language: str) -> str:
    return level if language == "zh" else LEVEL_ENGLISH[level]


def _findings_table(findings: Sequence[StoredFinding], language: str) -> str:
    """All findings, the gravest first: level, sheet and cell, the sentence as the sender saw it, and the reason."""
    words = WORDS[language]
    if not findings:
        return f"<p>{escape(words['none'])}</p>"
    ordered = sorted(findings, key=lambda stored: LEVELS.index(stored.level))
    rows = [_finding_texts(stored, language) for stored in ordered]
    return _table(("level", "place", "message", "given"), rows, words)


def _table(names: Sequence[str], rows: Iterable[Sequence[str]], words: Mapping[str, str]) -> str:
    head = "".join(f'<th scope="col" class="{name}">{escape(words[name])}</th>' for name in names)
    lines = "".join("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in texts) + "</tr>" for texts in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"


def _corrections_part(corrections: Sequence[Correction], language: str) -> str:
    """The cells that the office mended before it accepted the return; nothing where there are none."""
    words = WORDS[language]
    if not corrections:
        return ""
    rows = [_correction_texts(each, language) for each in corrections]
    table = _table(("place", "field", "before", "after"), rows, words)
    return f"<h2>{escape(words['corrections'])}</h2>\n{table}\n"


def _correction_texts(each: Correction, language: str) -> tuple[str, str, str, str]:
    field = find_declared(each.field)
    name = each.field if field is None else field.heading if language == "zh" else field.english
    return f"{each.sheet}!{each.cell}", name, each.before or DASH, each.after or DASH


def _finding_texts(stored: StoredFinding, language: str) -> tuple[str, str, str, str]:
    finding = stored.finding
    place = f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet
    message = stored.message_zh if language == "zh" else finding.message(language)
    return _level_name(stored.level, language), place or DASH, message, stored.reason or DASH
