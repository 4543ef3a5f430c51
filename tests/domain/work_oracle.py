"""What accounts of works say together, once more: slow, in plain loops, from the table in domain/work_accounts.py."""

from __future__ import annotations

from typing import Any

CHAIN = [
    "feasibility", "sea_study", "environment", "preliminary_design", "construction_design", "approvals", "land", "clearing",
    "building", "pre_acceptance", "professional_acceptance", "local_acceptance", "handed_over",
]  # fmt: skip
ACCEPTANCES = CHAIN[9:]
FAR = ["open", "going", "done"]


def judged(accounts: list[dict[str, Any]]) -> dict[tuple[str, str, str], tuple[str, Any, str]]:
    """(work, part, matter) -> (month of the newest account, value in force, dispute)."""
    told: dict[tuple[str, str, str], list[tuple[str, Any]]] = {}
    for account in accounts:
        for matter, value in _said(account):
            key = (account["work_name"], account["work_part"], matter)
            told.setdefault(key, []).append((f"{account['said_date']:%Y-%m}", value))
    return {key: _judge(key[2], said) for key, said in told.items()}


def _said(account: dict[str, Any]) -> list[tuple[str, Any]]:
    found = [(step, account[f"work_{step}"]) for step in CHAIN if account[f"work_{step}"] is not None]
    at = [(step, account[f"work_{step}"]) for step in ACCEPTANCES if account[f"work_{step}"] in ("going", "done")]
    if at:
        found.append(("acceptance", f"{at[-1][0]}:{at[-1][1]}"))
    return found + [(name, account[name]) for name in ("progress_rate", "land_mu") if account[name] is not None]


def _judge(matter: str, said: list[tuple[str, Any]]) -> tuple[str, Any, str]:
    newest = max(month for month, _ in said)
    now = [value for month, value in said if month == newest]
    before = [value for month, value in said if month < newest]
    if not all(_same(matter, one, other) for one in now for other in now):
        return newest, None, "differ"
    if matter != "land_mu" and any(all(_further(matter, old, new) for new in now) for old in before):
        return newest, None, "back"
    return newest, now[-1], ""


def _same(matter: str, one: Any, other: Any) -> bool:
    if matter == "progress_rate":
        return abs(round(one - other, 6)) <= 0.005
    return abs(round(one - other, 6)) <= 0.05 if matter == "land_mu" else one == other


def _further(matter: str, old: Any, new: Any) -> bool:
    """Whether the old says more than the new; of a step that is not needed nothing is more or less."""
    if matter == "progress_rate":
        return round(old - new, 6) > 0.005
    if matter == "acceptance":
        return _place(old) > _place(new)
    return old in FAR and new in FAR and FAR.index(old) > FAR.index(new)


def _place(acceptance: str) -> tuple[int, int]:
    step, state = acceptance.split(":")
    return CHAIN.index(step), FAR.index(state)
