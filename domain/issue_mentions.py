"""What returns say of issues: which are new and wait for a person, and which of the known ones are named again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from domain.issue_texts import Mention
from domain.issues import DISMISSING, FROM_RETURN, HANDED_OVER, REWORDED, Issue, IssueEvent, IssueLife, issue_id_of
from domain.periods import Period
from domain.reasons import BLANK, NAMED, NONE_SAID, OTHER, statement_of

# What a month's return says of an issue that is known.
NAMED_AGAIN, NOT_NAMED, SAID_NONE, LEFT_BLANK, NOT_REPORTED = (
    "named_again",
    "not_named",
    "said_none",
    "left_blank",
    "not_reported",
)
IssueKey = tuple[str, str]  # (project id, key of the text)


@dataclass(frozen=True, slots=True)
class Proposal:
    """An issue of the month's returns, or of a late step of the permits, that nobody has confirmed or dismissed yet.

    ``mentions`` are all its mentions, oldest first; ``successor_of`` is the id of the one open issue of the project with
    this reason that the month does not name: perhaps the same in other words. Of a late step ``issue_id`` is the id that
    the issue will have, whatever its words, and ``since`` the day on which the step was due.
    """

    mentions: tuple[Mention, ...]
    successor_of: str | None = None
    source: str = FROM_RETURN
    issue_id: str = ""
    since: date | None = None

    @property
    def first(self) -> Mention:
        return self.mentions[0]

    @property
    def newest(self) -> Mention:
        return self.mentions[-1]

    @property
    def opened_on(self) -> date:
        """The cut-off date of the return that named it first; of a late step the day on which it was due."""
        return self.since or Period.parse(self.first.period).last_day

    @property
    def times(self) -> int:
        """In how many months it was named."""
        return len({each.period for each in self.mentions})

    @property
    def levels(self) -> list[tuple[date, str]]:
        """(cut-off date, level) from which returns gave it to a level, the first from its opening on."""
        said = [(Period.parse(each.period).last_day, each.said_level) for each in self.mentions if each.said_level]
        found = [(self.opened_on, said[0][1] if said else self.newest.level)]
        for day, level in said:
            if level != found[-1][1]:
                found.append((day, level))
        return found

    @property
    def level(self) -> str:
        """The level that has it now."""
        return self.levels[-1][1]


@dataclass(frozen=True, slots=True)
class Echo:
    """What the returns say of a known issue: in the month asked for, when they named it last, the level they give it."""

    state: str
    last_period: str | None = None
    said_level: str = ""


def known_keys(lives: Iterable[IssueLife]) -> dict[IssueKey, str]:
    """(project, words) -> id of the issue that they mean, whatever its state."""
    return {(life.issue.project_id, key): life.issue.issue_id for life in lives for key in life.keys}


def propose_issues(
    mentions: Sequence[Mention], known: Mapping[IssueKey, str], lives: Iterable[IssueLife], period: Period
) -> list[Proposal]:
    """The issues that the returns of a period name and that are not known, in the order of the returns."""
    by_key = _by_key(mentions)
    now = {key: found[-1] for key, found in by_key.items() if found[-1].period == str(period)}
    named = {known[key] for key in now if key in known}
    unnamed = [life for life in lives if life.is_open and life.issue.issue_id not in named]
    return [
        Proposal(tuple(by_key[key]), _predecessor(mention, unnamed)) for key, mention in now.items() if key not in known
    ]


def echoes_of(
    lives: Iterable[IssueLife], mentions: Sequence[Mention], states: pd.DataFrame, period: Period
) -> dict[str, Echo]:
    """Issue id -> what the returns say of it; a text that is gone resolves nothing by itself.

    ``states``: project_id, is_reported, issue_text as of the period.
    """
    by_key = _by_key(mentions)
    reported = states[states["is_reported"].astype(bool)]
    texts = dict(zip(reported["project_id"], reported["issue_text"], strict=True))
    return {life.issue.issue_id: _echo(life, by_key, texts, str(period)) for life in lives}


def statements_in(states: pd.DataFrame) -> dict[str, int]:
    """How many of the projects reported in a month leave the cell blank, say that there is no issue, and name one."""
    reported = states[states["is_reported"].astype(bool)]
    said = [statement_of(text) for text in reported["issue_text"]]
    return {code: said.count(code) for code in (BLANK, NONE_SAID, NAMED)}


def came_back(life: IssueLife, echo: Echo) -> bool:
    """True for an issue that the return of a month after its closing names again (回潮)."""
    if life.closed_on is None or echo.last_period is None:
        return False
    return Period.parse(echo.last_period).last_day > life.closed_on


def confirm(proposal: Proposal, reason: str, level: str, explanation: str = "") -> tuple[Issue, list[IssueEvent]]:
    """The issue that a person makes of a proposal, with the hand-overs that the returns told of.

    Another level than the returns' counts from the opening on: whoever corrects it knows better than they.
    """
    first, text = proposal.first, proposal.newest.text
    levels = proposal.levels if level == proposal.level else [(proposal.opened_on, level)]
    issue = Issue(
        issue_id=proposal.issue_id or issue_id_of(first.project_id, text),
        project_id=first.project_id,
        body=first.body,
        opened_on=proposal.opened_on,
        text=text,
        reason=reason,
        level=levels[0][1],
        explanation=explanation.strip(),
        source=proposal.source,
        submission_id=first.submission_id,
        sheet=first.sheet,
        cell=first.cell,
    )
    return issue, [IssueEvent(issue.issue_id, HANDED_OVER, day, to) for day, to in levels[1:]]


def continued(proposal: Proposal, day: date) -> IssueEvent:
    """The event that makes a proposal's words those of the issue that it continues."""
    return IssueEvent(proposal.successor_of or "", REWORDED, day, note=proposal.newest.text)


def reject(proposal: Proposal, why: str, day: date) -> tuple[Issue, list[IssueEvent]]:
    """What a person makes of a proposal that is no issue: dismissed at once, so that it is not proposed again."""
    explanation = proposal.newest.text if proposal.newest.reason == OTHER.code else ""
    issue, handed = confirm(proposal, proposal.newest.reason, proposal.level, explanation)
    return issue, [*handed, IssueEvent(issue.issue_id, DISMISSING, max(day, proposal.levels[-1][0]), note=why)]


def _by_key(mentions: Iterable[Mention]) -> dict[IssueKey, list[Mention]]:
    """(project, words) -> its mentions, oldest first."""
    by_key: dict[IssueKey, list[Mention]] = {}
    for each in sorted(mentions, key=lambda each: each.period):
        by_key.setdefault((each.project_id, each.key), []).append(each)
    return by_key


def _predecessor(mention: Mention, unnamed: Iterable[IssueLife]) -> str | None:
    alike = [
        life.issue.issue_id
        for life in unnamed
        if (life.issue.project_id, life.reason) == (mention.project_id, mention.reason)
    ]
    return alike[0] if len(alike) == 1 else None


def _echo(
    life: IssueLife, by_key: Mapping[IssueKey, list[Mention]], texts: Mapping[str, str | None], period: str
) -> Echo:
    project_id = life.issue.project_id
    found = [mention for key in life.keys for mention in by_key.get((project_id, key), ())]
    newest = max(found, key=lambda mention: mention.period, default=None)
    last_period = newest.period if newest else None
    if newest and last_period == period:
        return Echo(NAMED_AGAIN, last_period, newest.said_level)
    if project_id not in texts:
        return Echo(NOT_REPORTED, last_period)
    said = statement_of(texts[project_id])
    return Echo({BLANK: LEFT_BLANK, NONE_SAID: SAID_NONE}.get(said, NOT_NAMED), last_period)
