"""What the office decides of the rule sets: which one holds from when, and a version of its own."""

from __future__ import annotations

import re
from typing import Any

import streamlit as st

from domain.periods import Period
from domain.roles import RULE
from domain.rule_sets import BOUNDS, BY_CURVE, LIMITS, MEASURES, RATIO, TIME_MODES, RuleSet
from storage.clock import office_time
from storage.rulings import choose_rules, define_rules
from ui import reads
from ui.deciding import recorded
from ui.formats import number, period_name
from ui.html import note
from ui.locale import t
from ui.names import rules_name
from ui.rules import offered_months
from ui.session import actor
from ui.view import View

SHARE = re.compile(r"\d+(?:\.\d+)?")


def draw_choice(view: View, other: str) -> None:
    """The form that puts a rule set into force from a period on."""
    if not view.scope.may(RULE):
        return
    sets = reads.rule_sets(view.scope, view.record)
    keys = list(sets)
    with st.popover(t("rules.choose")), st.form("rule_choice", border=False):
        st.html(note(t("rules.choose_remark")))
        key = st.selectbox(
            t("rules.version"), keys, keys.index(other), format_func=lambda each: rules_name(sets[each]), key="rule_key"
        )
        months = offered_months(view)
        first = st.selectbox(
            t("rules.from_period"), months, months.index(str(view.period)), format_func=period_name, key="rule_first"
        )
        reason = st.text_input(t("rules.reason"), key="rule_reason", placeholder=t("rules.reason_hint"))
        if st.form_submit_button(t("rules.confirm"), type="primary"):
            now = office_time()
            recorded(
                lambda: choose_rules(
                    reads.database(), key, Period.parse(first), reason=reason, actor=actor(RULE), set_at=now
                )
            )


def draw_version(view: View, other: str) -> None:
    """The form for a version of the zone's own, beginning with what the compared set says."""
    if not view.scope.may(RULE):
        return
    rules = reads.rule_sets(view.scope, view.record)[other]
    with st.popover(t("rules.edit")), st.form(f"rule_version_{other}", border=False):
        st.html(note(t("rules.edit_remark", rules=rules_name(rules))))
        settings = {**_ask_measure(rules), **_ask_limits(rules), **_ask_numbers(rules)}
        reason = st.text_input(t("rules.reason"), key="version_reason")
        if st.form_submit_button(t("rules.save"), type="primary"):
            asked = as_settings(settings)
            now = office_time()
            recorded(lambda: _define(asked, reason, now))


def _define(settings: dict[str, Any], reason: str, now: Any) -> None:
    define_rules(reads.database(), settings, reason=reason, actor=actor(RULE), set_at=now)


def _ask_measure(rules: RuleSet) -> dict[str, Any]:
    first, second, third = st.columns(3)
    measure = first.selectbox(
        t("rules.line_measure"),
        MEASURES,
        MEASURES.index(rules.measure),
        format_func=lambda code: t(f"rules.short_{code}"),
    )
    mode = second.selectbox(
        t("rules.time"), TIME_MODES, TIME_MODES.index(rules.time_mode), format_func=lambda code: t(f"rules.time_{code}")
    )
    shares = " ".join(number(share * 100) for share in rules.curve)
    curve = third.text_input(t("rules.curve"), shares, placeholder=t("rules.curve_hint"))
    return {"measure": measure, "time_mode": mode, "curve": curve}


def _ask_limits(rules: RuleSet) -> dict[str, Any]:
    """A number and whether it belongs to the colour, for each colour; an empty one for a colour that is not used."""
    scale = 100 if rules.measure == RATIO else 1
    asked: dict[str, Any] = {}
    for place, name in zip(st.columns(3), LIMITS, strict=True):
        limit = getattr(rules, name)
        with place:
            value = st.number_input(
                t("rules.limit", grade=t(f"grade.{name}")),
                value=None if limit is None else limit.value * scale,
                step=1.0,
                format="%.1f",
            )
            is_included = st.checkbox(t("rules.included"), limit is not None and limit.is_included, key=f"in_{name}")
        asked[name] = None if value is None else {"value": value, "is_included": is_included}
    return asked


def _ask_numbers(rules: RuleSet) -> dict[str, Any]:
    asked: dict[str, Any] = {}
    places = st.columns(4)
    for number_of, (name, least, most) in enumerate(BOUNDS):
        with places[number_of % 4]:
            asked[name] = st.number_input(t(f"rules.setting_{name}"), least, most, getattr(rules, name))
    return asked


def as_settings(asked: dict[str, Any]) -> dict[str, Any]:
    """What was typed as settings of a rule set: percentages of a ratio and of the curve become shares."""
    settings = dict(asked)
    if settings["measure"] == RATIO:
        for name in LIMITS:
            if settings[name] is not None:
                settings[name] = {**settings[name], "value": settings[name]["value"] / 100}
    shares = [float(text) / 100 for text in SHARE.findall(settings["curve"])]
    settings["curve"] = shares if settings["time_mode"] == BY_CURVE else []
    return settings
