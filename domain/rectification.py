"""A rectification ledger (整改台账): what its plan counts, what was published, and what is on record here, side by side.

Three accounts that nobody makes agree: the plan says how many problems and measures there are, a bulletin how many problems
are done or going on, and the measures on record here are tasks with a life of their own. What lies between two of them is
shown as a difference; a measure whose words are not public is one that is not on record, not one that is done
(facts.md 16: 31 problems and 125 measures planned, 23 published as done and 5 as going on).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.periods import Period
from domain.task_lists import TaskCounts, count_tasks
from domain.tasks import AWAITING, CANCELLED, DONE, GOING_ON, OVERDUE, TaskLife

# A problem of which no measure is on record is no problem without measures.
UNTOLD = "untold"
PROBLEM_STATES = (OVERDUE, GOING_ON, AWAITING, DONE, UNTOLD)


@dataclass(frozen=True, slots=True)
class Rectification:
    """A ledger by its plan: how many problems and measures the plan of a day counts, and where it says so."""

    rectification_id: str
    name: str
    problem_count: int
    measure_count: int
    on_date: date
    source: str


@dataclass(frozen=True, slots=True)
class RectificationBulletin:
    """What a month's bulletin (整改通报) published of a ledger's problems."""

    rectification_id: str
    period: Period
    done: int
    going_on: int
    on_date: date
    source: str

    @property
    def published(self) -> int:
        """Problems of which it says anything."""
        return self.done + self.going_on


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of a ledger, under its number there; ``is_example`` says that its words are made up."""

    problem_id: str
    rectification_id: str
    serial: str
    text: str
    source: str = ""
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class ProblemLife:
    """A problem with its measures as of a day; cancelled ones are not its measures any more."""

    problem: Problem
    measures: tuple[TaskLife, ...]

    @property
    def done(self) -> int:
        """How many of its measures are closed."""
        return sum(life.state == DONE for life in self.measures)

    @property
    def state(self) -> str:
        """Overdue or going on where a measure is, waiting where only approvals are missing, done where all are."""
        states = {life.state for life in self.measures}
        return next((state for state in PROBLEM_STATES if state in states), UNTOLD)


@dataclass(frozen=True, slots=True)
class LedgerCounts:
    """The three accounts of a ledger. ``bulletin`` is the newest up to the month, None where none was published."""

    rectification: Rectification
    bulletin: RectificationBulletin | None
    problems: tuple[ProblemLife, ...]
    measures: TaskCounts

    @property
    def problems_unpublished(self) -> int | None:
        """Problems of the plan of which the bulletin says nothing; None without one, below 0 where it says more."""
        return self.rectification.problem_count - self.bulletin.published if self.bulletin else None

    @property
    def measures_unrecorded(self) -> int:
        """Measures of the plan that are not on record here; below 0 where more are."""
        return self.rectification.measure_count - self.measures.given

    @property
    def problems_unrecorded(self) -> int:
        """Problems of the plan that are not on record here; below 0 where more are."""
        return self.rectification.problem_count - len(self.problems)

    @property
    def examples(self) -> int:
        """How many of the measures on record are made up."""
        return sum(life.detail.is_example for each in self.problems for life in each.measures)


def id_of_words(letter: str, *words: str) -> str:
    """An id made of words: the same on every rebuild from the journal."""
    return letter + hashlib.sha256("\n".join(words).encode()).hexdigest()[:12]


def problem_lives(problems: Iterable[Problem], lives: Iterable[TaskLife]) -> list[ProblemLife]:
    """Each problem with its measures, in the order given."""
    of_problem: dict[str, list[TaskLife]] = {}
    for life in lives:
        if life.detail.problem_id and life.state != CANCELLED:
            of_problem.setdefault(life.detail.problem_id, []).append(life)
    return [ProblemLife(problem, tuple(of_problem.get(problem.problem_id, ()))) for problem in problems]


def bulletin_in_force(
    bulletins: Iterable[RectificationBulletin], rectification_id: str, period: Period
) -> RectificationBulletin | None:
    """The bulletin of the newest month up to a period; of one month the one recorded last counts."""
    found = [each for each in bulletins if each.rectification_id == rectification_id and each.period <= period]
    return max(enumerate(found), key=lambda pair: (pair[1].period, pair[0]))[1] if found else None


def count_ledger(
    rectification: Rectification,
    bulletins: Iterable[RectificationBulletin],
    problems: Iterable[Problem],
    lives: Sequence[TaskLife],
    period: Period,
) -> LedgerCounts:
    """The three accounts of a ledger as of the day of the lives."""
    own = [each for each in problems if each.rectification_id == rectification.rectification_id]
    found = problem_lives(own, lives)
    counted = count_tasks((life for each in found for life in each.measures), lambda _: "")
    measures = counted[0] if counted else TaskCounts("", 0, 0, 0, 0)
    bulletin = bulletin_in_force(bulletins, rectification.rectification_id, period)
    return LedgerCounts(rectification, bulletin, tuple(found), measures)


def fault_of_rectification(made: Rectification, known: Iterable[Rectification], today: date) -> str | None:
    """Why a ledger cannot be recorded, as a code; None when it can."""
    faults = (
        ("no_name", not made.name.strip()),
        ("no_source", not made.source.strip()),
        ("below_nought", min(made.problem_count, made.measure_count) < 0),
        ("in_future", made.on_date > today),
        ("known_already", any(made.rectification_id == each.rectification_id for each in known)),
    )
    return next((code for code, is_wrong in faults if is_wrong), None)


def fault_of_problem(made: Problem, known: Iterable[Problem], ledgers: Iterable[Rectification]) -> str | None:
    """Why a problem cannot be recorded, as a code; None when it can."""
    own = [each for each in known if each.rectification_id == made.rectification_id]
    faults = (
        ("no_text", not made.text.strip()),
        ("unknown_ledger", all(made.rectification_id != each.rectification_id for each in ledgers)),
        ("known_already", any(made.problem_id == each.problem_id or made.serial == each.serial for each in own)),
    )
    return next((code for code, is_wrong in faults if is_wrong), None)


def fault_of_bulletin(made: RectificationBulletin, ledgers: Iterable[Rectification], today: date) -> str | None:
    """Why a bulletin's figures cannot be recorded, as a code; None when they can."""
    faults = (
        ("unknown_ledger", all(made.rectification_id != each.rectification_id for each in ledgers)),
        ("no_source", not made.source.strip()),
        ("below_nought", min(made.done, made.going_on) < 0),
        ("in_future", made.on_date > today),
    )
    return next((code for code, is_wrong in faults if is_wrong), None)
