"""What every page of figures begins with: for whom, as of what, which body; its head; and what to say when it fails."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from domain.bodies import DISTRICTS, ZONE, body_name
from domain.built_in_rules import ZONE_RULES
from domain.indicators import of_body
from domain.periods import Period
from domain.roles import EXPORT, UPLOAD
from domain.rule_sets import RuleSet
from domain.scope import Record, Scope
from storage.counting import NotPermitted
from storage.engine import DatabaseNotOpened
from storage.refusals import QueryEnded
from ui import reads, standings
from ui.filters import asked_text, asked_value, select_one, select_segment
from ui.formats import period_name
from ui.html import badge, empty_state, page_header
from ui.links import STANDARD, Link, anchor, is_large, linked, page_href
from ui.locale import language, t
from ui.names import rules_name, sentence_of
from ui.samples import sample_words
from ui.session import NotSignedIn, scope
from ui.theme import HEADER_KEY

T = TypeVar("T")
log = logging.getLogger(__name__)
# More ids than an address can hold are counted, not linked.
MOST_LINKED = 100
BODY_ORDER = (ZONE.code, *(body.code for body in DISTRICTS))


@dataclass(frozen=True)
class View:
    """What a page shows: the figures of a body, as of a record, as the scope may see them.

    The scope is nameless, so that people of one role and district share what is remembered; who writes says ``actor``.
    ``in_force`` is the key of the rule set in force in the period; the record names another one on trial.
    """

    scope: Scope
    record: Record
    body: str
    in_force: str = ZONE_RULES.key

    @property
    def period(self) -> Period:
        return self.record.period

    @property
    def trial(self) -> dict[str, str]:
        """What the address says of a rule set on trial; nothing of the one in force."""
        return {} if self.record.rule_set == self.in_force else {"rules": self.record.rule_set}

    @cached_property
    def states(self) -> pd.DataFrame:
        """States of the body's projects and works."""
        return self.of_body(reads.states(self.scope, self.record))

    @cached_property
    def delays(self) -> pd.DataFrame:
        """The body's late projects, worst first."""
        return self.of_body(reads.delays(self.scope, self.record))

    @cached_property
    def judged_delays(self) -> pd.DataFrame:
        """The same, each with its ``standing``; apart, since standings read a year of returns and the node plan."""
        return self.of_body(standings.judged_delays(self.scope, self.record))

    @cached_property
    def standings(self) -> pd.DataFrame:
        """How each of the body's industrial projects stands by the record's rule set, and why."""
        return self.of_body(standings.standings(self.scope, self.record))

    @cached_property
    def rules(self) -> RuleSet:
        """The rule set by which the view colours."""
        return reads.rules(self.scope, self.record)

    @cached_property
    def names(self) -> dict[str, str]:
        """Project's id -> its name, of the body's projects and works."""
        return dict(zip(self.states["project_id"], self.states["project_name"], strict=True))

    def of_body(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of a frame of projects that belong to the body."""
        return frame if self.body == ZONE.code else frame[of_body(frame, self.body)]

    def remember(self, make: Callable[..., T], *arguments: Any) -> T:
        """What ``make(self, *arguments)`` gives, made once for this view, language and state of the data.

        For whatever a page shows that depends on nothing else; the result is shared and must not be changed.
        """
        key = (self.scope, self.record, self.body, language(), *arguments)
        return reads.remember(f"{make.__module__}.{make.__qualname__}", key, lambda: make(self, *arguments))

    def href(self, url_path: str = "", **query: object) -> str:
        """Address of a page that shows the same period and body, by the same rule set."""
        return page_href(url_path, **{"period": str(self.period), "body": self.body, **self.trial, **query})

    def projects(self, ids: Iterable[str]) -> str | None:
        """Address of the list of just these projects; None for none, and for more than an address can hold."""
        only = list(dict.fromkeys(ids))
        return self.href("projects", only=only) if 0 < len(only) <= MOST_LINKED else None

    def linked_projects(self, text: str, ids: Iterable[str], *, is_late: bool = False) -> str | Link:
        """A text that leads to the list of just these projects, where an address can hold them."""
        href = self.projects(ids)
        return Link(text, href, is_late) if href else text

    def project(self, project_id: str) -> str:
        """Address of a project's page."""
        return self.href("project", project=project_id)


def open_view(
    title: str,
    head_of: Callable[[View], str] | None = None,
    offered: Callable[[list[str]], list[str]] | None = None,
    *,
    needs_returns: bool = True,
    shows_targets: bool = False,
) -> View:
    """Draw the page's head with its selectors and return what to show; stops a page that needs returns where none was accepted yet.

    ``head_of`` gives the head as HTML where it is not the title with what the figures stand on; ``offered`` the months
    to choose from where they are not just those with an accepted return, which it is given; without the newest of these
    the newest offered is shown. A page that needs no returns shows the month to begin with until there are some. The
    head of one with ``shows_targets``, which draws those of the year, says where they are samples.
    """
    asking = scope()
    if needs_returns:
        _stop_without_returns(asking, page_header(title))
    periods = reads.months(asking)
    with st.container(key=HEADER_KEY, horizontal=True, vertical_alignment="center"):
        head = st.empty()
        body = _ask_body(bodies_of(asking))
        newest_first = (offered(periods) if offered else periods)[::-1]
        default = periods[-1] if periods[-1] in newest_first else newest_first[0]
        period = select_one("period", t("word.period"), newest_first, default, period_name)
        if is_large():
            here = {name: st.query_params.get_all(name) for name in st.query_params}
            st.html(
                anchor(t("type.standard"), f"?{urlencode({**here, 'type': STANDARD}, doseq=True)}", "hx-link hx-exit")
            )
    view = view_at(asking, Period.parse(period), body)
    if asked_text("period") != period or asked_text("body") != body:
        st.query_params.update({"period": period, "body": body})
    shown = head_of(view) if head_of else page_header(title, _context(view))
    samples = sample_words(view.scope, view.record, shows_targets=shows_targets, is_large=is_large())
    head.html(f'<div class="hx-head">{shown}{_rule_line(view)}{samples}</div>')
    return view


def bodies_of(asking: Scope) -> list[str]:
    """The bodies that a scope may choose from, the whole zone first where it is one of them."""
    return [code for code in BODY_ORDER if asking.allows(code)]


def _ask_body(offered: list[str]) -> str:
    """The body to show; a district's people are not asked."""
    if len(offered) == 1:
        return offered[0]
    return select_segment("body", t("word.district"), offered, offered[0], lambda code: body_name(code, language()))


def asked_view() -> View:
    """What the address asks to show, without a head and selectors; stops the page where nothing was accepted yet."""
    asking = scope()
    _stop_without_returns(asking)
    periods = reads.periods(asking)
    period = asked_value("period", periods, periods[-1])
    offered = bodies_of(asking)
    return view_at(asking, Period.parse(period), asked_value("body", offered, offered[0]))


def view_at(asking: Scope, period: Period, body: str) -> View:
    """What a scope sees of a period and body, by the rule set in force then, or by the one that the address tries (?rules=)."""
    newest, asking = Record(period), asking.nameless
    choice = reads.rule_choice(asking, newest)
    in_force = ZONE_RULES.key if choice is None else choice.key
    asked = asked_value("rules", list(reads.rule_sets(asking, newest)), in_force)
    return View(asking, Record(period, rule_set=asked), body, in_force)


def _rule_line(view: View) -> str:
    """The rule set by which the page colours, with the way to it; of one on trial that it is not in force."""
    link = linked(
        Link(
            t("head.sample_rule" if view.rules.is_sample else "head.rule", rules=rules_name(view.rules)),
            view.href("rules"),
        )
    )
    if not view.trial:
        return f'<p class="hx-rule">{link}</p>'
    here = {name: st.query_params.get_all(name) for name in st.query_params if name != "rules"}
    leave = anchor(t("head.trial_end"), f"?{urlencode(here, doseq=True)}", "hx-link")
    return f'<p class="hx-rule">{badge(t("head.trial", rules=rules_name(view.rules)), "attention")} {leave}</p>'


def _context(view: View) -> list[str]:
    """Cut-off date and who has sent: what the figures stand on."""
    if not reads.periods(view.scope):
        return [t("head.none_sent")]
    sent = reads.reported(view.scope, view.record)
    owing = [body.code for body in DISTRICTS if view.scope.allows(body.code)]
    missing = [code for code in owing if code not in sent]
    names = t("word.comma").join(body_name(code, language()) for code in missing or owing)
    all_sent = t("head.all_sent") if len(owing) == len(DISTRICTS) else t("head.own_sent", names=names)
    whole = all_sent if not missing else t("head.not_sent", names=names)
    return [t("word.as_of", day=view.period.last_day.isoformat()), whole]


def owed_month(view: View) -> Period:
    """The month whose forms are handed out: the one after the view's; where nothing was accepted yet, the view's own."""
    return view.period.next() if reads.periods(view.scope) else view.period


def _stop_without_returns(asking: Scope, head: str = "") -> None:
    """Stop the page where no return was accepted yet, and say so."""
    if reads.periods(asking):
        return
    st.html(head + nothing_yet())
    st.stop()


def nothing_yet() -> str:
    """That no return was accepted yet: what to do, and the ways that the reader's role has."""
    forms = Link(t("empty.to_forms"), page_href("collection")) if scope().may(EXPORT) else None
    upload = Link(t("empty.to_upload"), page_href("upload")) if scope().may(UPLOAD) else None
    return empty_state(t("empty.title"), t("empty.nothing_accepted"), forms, upload)


@contextmanager
def guarded() -> Iterator[None]:
    """Around every page: what went wrong, and what to do, instead of a trace. The details go to the log."""
    try:
        yield
    except DatabaseNotOpened as error:
        st.html(empty_state(t("error.database"), sentence_of(error)))
    except QueryEnded as error:
        log.exception("query ended")
        st.html(empty_state(t("error.title"), sentence_of(error), Link(t("error.again"), page_href(""))))
    except NotPermitted:
        st.html(empty_state(t("signin.not_permitted"), t("signin.not_permitted_here")))
    except NotSignedIn:
        st.html(empty_state(t("signin.title"), t("signin.ended"), Link(t("signin.button"), "./sign-in")))
    except Exception:
        # Ours to mend: the number is what the reader tells us and what we find in the log.
        number = secrets.token_hex(3).upper()
        log.exception("page failed, number %s", number)
        st.html(empty_state(t("error.title"), t("error.text", number=number), Link(t("error.again"), page_href(""))))
