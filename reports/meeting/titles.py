"""The titles of the pages: what the figures say, as a sentence for each case; numbers in digits.

A rule takes the figures and gives the key of the sentence with what fills it. A sentence is never put together from
halves: two of them may stand beside each other, and behind one the districts that have not reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.bodies import DISTRICT_CODES, body_name
from domain.grades import ON_TRACK, UNKNOWN
from domain.number_texts import number
from domain.progress import PACED, Progress, furthest_behind
from reports.meeting.words import capital, listed, say, texts


@dataclass(frozen=True, slots=True)
class Overdue:
    """What the page of delays counts: projects late with a start, with a completion, with the plan alone, and moved."""

    start: int
    completion: int
    progress: int
    moved: int


@dataclass(frozen=True, slots=True)
class Blocked:
    """What the page of blockers counts: issues on record by list, and those that the month's returns name.

    ``recorded`` are all ever put on record, ``overdue`` the open ones past their date; ``higher`` of those ``named``
    belong to the city or the province.
    """

    recorded: int
    joint: int
    session: int
    own: int
    overdue: int
    named: int
    higher: int


@dataclass(frozen=True, slots=True)
class Promotion:
    """What the page of promotion and parks counts; None where a ledger has no rows.

    ``signed`` at the year's ``events``; ``working`` of the ``tenants``; ``found_open`` what visits found; ``gaps`` of the chains.
    """

    events: int | None = None
    signed: int | None = None
    tenants: int | None = None
    working: int = 0
    found_open: int | None = None
    gaps: int | None = None


def with_missing(language: str, title: str, missing: Sequence[str]) -> str:
    """A title, and behind it which districts have not reported."""
    if not missing:
        return title
    if len(missing) == len(DISTRICT_CODES):
        return say(language, "title.missing_all", title=title)
    names = listed(language, [body_name(code, language) for code in missing])
    return say(language, "title.missing_one", title=title, names=names)


def decisions_title(language: str, count: int, done: int, overdue: int) -> str:
    """What became of the decisions of the last meeting."""
    if not count:
        key = "none"
    elif done == count:
        key = "all_done" if count > 1 else "one_done"
    elif overdue == count:
        key = "all_overdue"
    elif done:
        key = "some_overdue" if overdue else "some_done"
    else:
        key = "none_done_overdue" if overdue else "none_done"
    return say(language, f"decisions.{key}", count=count, done=done, overdue=overdue)


def targets_title(language: str, progress: dict[tuple[str, str], Progress], body: str) -> str:
    """Which of the year's figures are on track, and which is furthest behind."""
    figures = [progress[code, body] for code in PACED]
    known = [figure for figure in figures if figure.gap_points is not None]
    if not known:
        return say(language, "targets.no_target")
    if not known[0].is_reported:
        return say(language, "targets.not_whole")
    behind = [figure for figure in known if figure.grade != ON_TRACK]
    on_track = [figure for figure in known if figure.grade == ON_TRACK]
    worst = furthest_behind(behind)
    filling = {
        "on_track": listed(language, [_figure_name(language, figure) for figure in on_track]),
        "behind": listed(language, [_figure_name(language, figure) for figure in behind]),
        "worst": "" if worst is None else _figure_name(language, worst),
        "gap": "" if worst is None else number(abs(worst.gap_points or 0.0), 1),
    }
    return capital(say(language, f"targets.{_targets_key(len(on_track), len(behind))}", **filling))


def _targets_key(on_track: int, behind: int) -> str:
    if not behind:
        return "all_on_track" if on_track > 1 else "one_on_track"
    if not on_track:
        return "several_behind" if behind > 1 else "one_behind"
    return "on_track_and_several" if behind > 1 else "on_track_and_behind"


def _figure_name(language: str, figure: Progress) -> str:
    return say(language, f"figure.{figure.indicator.code}")


def districts_title(language: str, progress: dict[tuple[str, str], Progress]) -> str:
    """Each district against its own targets, in the order of the districts; they are never ranked."""
    found = [_district_case([progress[code, body] for code in PACED]) for body in DISTRICT_CODES]
    if len(set(found)) == 1 and f"districts.both_{found[0][0]}" in texts():
        key, count, on_track = found[0]
        return say(language, f"districts.both_{key}", count=count, on_track=on_track)
    said = [
        say(language, f"districts.{key}", name=body_name(body, language), count=count, on_track=on_track)
        for body, (key, count, on_track) in zip(DISTRICT_CODES, found, strict=True)
    ]
    return say(language, "word.then").join(said)


def _district_case(figures: Sequence[Progress]) -> tuple[str, int, int]:
    """(case, figures with a target, of these on track)."""
    if not figures[0].is_reported:
        return "missing", 0, 0
    grades = [figure.grade for figure in figures if figure.grade != UNKNOWN]
    on_track = sum(grade == ON_TRACK for grade in grades)
    if not grades:
        return "no_target", 0, 0
    if len(grades) == 1:
        return "one_yes" if on_track else "one_no", 1, on_track
    key = "all" if on_track == len(grades) else "some" if on_track else "none"
    return key, len(grades), on_track


def delayed_title(language: str, overdue: Overdue) -> str:
    """How many starts and completions are overdue, and how many projects moved a date again."""
    if overdue.start and overdue.completion:
        key = "both"
    elif overdue.start or overdue.completion:
        key = "start" if overdue.start else "completion"
    else:
        key = "progress" if overdue.progress else "nothing"
    return say(
        language,
        f"delayed.{key}{'_moved' if overdue.moved else ''}",
        start=number(overdue.start),
        completion=number(overdue.completion),
        progress=number(overdue.progress),
        moved=number(overdue.moved),
    )


def due_title(language: str, nodes: tuple[int, int], promises: tuple[int, int], ahead: int) -> str:
    """What fell due this month and was done; what the next month brings where nothing did.

    ``nodes`` and ``promises`` are (due, done) of the month, ``ahead`` what falls due next month.
    """
    said = []
    if nodes[0]:
        said.append(say(language, f"due.nodes_{_due_case(*nodes)}", due=nodes[0], done=nodes[1]))
    if promises[0]:
        key = f"due.{'and_' if said else ''}promises_{_due_case(*promises)}"
        said.append(say(language, key, due=promises[0], done=promises[1]))
    if said:
        return say(language, "word.then").join(said)
    return say(language, "due.next" if ahead else "due.nothing", next=ahead)


def _due_case(due: int, done: int) -> str:
    if due == 1:
        return "one_yes" if done else "one_no"
    return "all" if done == due else "some" if done else "no"


def blockers_title(language: str, counts: Blocked, missing: Sequence[str] = ()) -> str:
    """Who must settle what is open; until issues are on record, what the returns of this month name."""
    if not counts.recorded and len(missing) == len(DISTRICT_CODES):
        return say(language, "blockers.unreported")
    if not counts.recorded:
        key = "unnamed" if not counts.named else "unregistered_higher" if counts.higher else "unregistered"
        return with_missing(
            language, say(language, f"blockers.{key}", named=counts.named, higher=counts.higher), missing
        )
    if not counts.joint + counts.session + counts.own:
        return say(language, "blockers.closed")
    key = "_".join(name for name in ("joint", "session") if getattr(counts, name)) or "own"
    filling = {name: getattr(counts, name) for name in ("joint", "session", "own", "overdue")}
    return say(language, f"blockers.{key}{'_overdue' if counts.overdue else ''}", **filling)


def works_title(language: str, count: int, blocked: int, invested: Progress) -> str:
    """How many works are blocked, and how their investment stands against the year."""
    if not count:
        return say(language, "works.none")
    grade = invested.grade
    pace = "unknown" if grade == UNKNOWN else "on_track" if grade == ON_TRACK else "behind"
    gap = number(abs(invested.gap_points or 0.0), 1)
    return say(language, f"works.{'blocked' if blocked else 'clear'}_{pace}", count=count, blocked=blocked, gap=gap)


def promotion_title(language: str, counts: Promotion) -> str:
    """What was signed at the year's events, what visits left open, the gaps of the chains; the tenants where nothing else is known."""
    said = []
    if counts.events is not None:
        key = "events" if counts.signed is None else "events_signed"
        said.append(say(language, f"promotion.{key}", events=counts.events, signed=number(counts.signed)))
    if counts.found_open is not None:
        said.append(say(language, f"promotion.{'open' if counts.found_open else 'none_open'}", count=counts.found_open))
    if counts.gaps is not None:
        said.append(say(language, f"promotion.{'with_gaps' if counts.gaps else 'no_gaps'}", count=counts.gaps))
    if not said:
        said.append(say(language, "promotion.tenants", count=counts.tenants, working=counts.working))
    return capital(say(language, "word.then").join(said))
