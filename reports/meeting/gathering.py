"""The whole meeting from the accepted returns: seven or eight pages, each with its title, drawn from one reading of the facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.bodies import ZONE
from domain.meeting import (
    BLOCKERS,
    DECISIONS,
    DELAYED,
    DISTRICTS,
    DUE,
    PROMOTION,
    TARGETS,
    WORKS,
    Block,
    Meeting,
    MeetingPage,
    Seal,
)
from domain.rule_sets import RuleSet
from reports.meeting.blockers import blocked_counts, blocker_blocks
from reports.meeting.decisions import TaskLine, decision_blocks, task_counts
from reports.meeting.delays import delay_blocks, overdue_counts
from reports.meeting.due import DueFacts, due_blocks
from reports.meeting.facts import MeetingFacts
from reports.meeting.promotion import has_promotion, promotion_blocks, promotion_counts
from reports.meeting.targets import district_blocks, target_blocks
from reports.meeting.titles import (
    blockers_title,
    decisions_title,
    delayed_title,
    districts_title,
    due_title,
    promotion_title,
    targets_title,
    with_missing,
    works_title,
)
from reports.meeting.words import say
from reports.meeting.works import invested_in, works_blocks, works_of


def meeting_of(
    facts: MeetingFacts,
    *,
    language: str = "zh",
    titles: Mapping[str, str] | None = None,
    seal: Seal | None = None,
    tasks: Sequence[TaskLine] = (),
) -> Meeting:
    """The meeting of a record's period as its pages, in the order of ``PAGE_CODES``.

    ``titles`` are those that a person wrote, by the page's code; an empty one leaves the generated title. Of a sealed
    meeting its seal, and its titles where none are given; the facts must then be of the seal's record.
    """
    written = titles if titles is not None else seal.titles if seal else {}
    blocks = _blocks(facts, language, tasks)
    pages = tuple(
        MeetingPage(code, title, title, blocks[code]).titled(written.get(code, ""))
        for code, title in page_titles(facts, language, tasks).items()
    )
    return Meeting(facts.period, facts.day, rule_name(facts.rules, language), pages, seal, facts.is_sample)


def rule_name(rules: RuleSet, language: str) -> str:
    """Name and version of a rule set."""
    name = rules.name if language == "zh" else rules.english
    return say(language, "rule.named", name=name, version=rules.version)


def _blocks(facts: MeetingFacts, language: str, tasks: Sequence[TaskLine]) -> dict[str, tuple[Block, ...]]:
    return {
        DECISIONS: decision_blocks(tasks, language),
        TARGETS: target_blocks(facts, language),
        DISTRICTS: district_blocks(facts, language),
        DELAYED: delay_blocks(facts, language),
        DUE: due_blocks(DueFacts(facts), facts, language),
        BLOCKERS: blocker_blocks(facts, language),
        WORKS: works_blocks(facts, language),
        PROMOTION: promotion_blocks(facts, language),
    }


def page_titles(facts: MeetingFacts, language: str, tasks: Sequence[TaskLine] = ()) -> dict[str, str]:
    """Page's code -> what its figures say, in the order of the pages; that of promotion only where its ledgers hold rows."""
    titles = _titles_of_returns(facts, language, tasks)
    if has_promotion(facts):
        titles[PROMOTION] = promotion_title(language, promotion_counts(facts))
    return titles


def _titles_of_returns(facts: MeetingFacts, language: str, tasks: Sequence[TaskLine]) -> dict[str, str]:
    decisions = {DECISIONS: decisions_title(language, *task_counts(tasks))}
    if facts.states.empty:
        nothing = say(language, "title.nothing")
        return decisions | dict.fromkeys((TARGETS, DISTRICTS, DELAYED, DUE, BLOCKERS, WORKS), nothing)
    due, works = DueFacts(facts), works_of(facts)
    named = {
        TARGETS: targets_title(language, facts.progress, ZONE.code),
        DELAYED: delayed_title(language, overdue_counts(facts)),
        DUE: due_title(language, (len(due.nodes), due.nodes_done), (len(due.promises), due.kept), len(due.ahead)),
        WORKS: works_title(language, len(works), int(works["has_issue"].sum()), invested_in(facts)),
    }
    told = {code: with_missing(language, title, facts.missing) for code, title in named.items()}
    return {
        **decisions,
        TARGETS: told[TARGETS],
        DISTRICTS: districts_title(language, facts.progress),
        DELAYED: told[DELAYED],
        DUE: told[DUE],
        BLOCKERS: blockers_title(language, blocked_counts(facts), facts.missing),
        WORKS: told[WORKS],
    }
