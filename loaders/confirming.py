"""Answering what a reading asks: a person's yes or no as decisions, and the same workbook read again with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.periods import Period
from domain.submissions import MONTHLY_RETURN, Correction, Decision, Known, Submission
from loaders.correcting import corrected
from loaders.reading import interpret
from loaders.workbook import Workbook, read_workbook, sha256_of

# Each round settles all that the reading asks; a confirmed heading may bring in names that are asked for in the next.
ROUNDS = 4


@dataclass(frozen=True, slots=True)
class OpenedReturn:
    """A workbook whose cells have been read, to be interpreted as often as decisions come in.

    ``alone`` is the submission as read against an empty record: whose it is, of which month, whatever is on record.
    """

    file_name: str
    sha256: str
    workbook: Workbook
    alone: Submission

    def interpret(self, known: Known, corrections: Sequence[Correction] = ()) -> Submission:
        """The submission as read against what is on record, with the cells that were mended. Raises NotMendable."""
        workbook = corrected(self.workbook, corrections) if corrections else self.workbook
        submission = interpret(workbook, self.file_name, self.sha256, known)
        submission.corrections = tuple(corrections)
        return submission


def open_return(content: bytes, file_name: str) -> OpenedReturn:
    """Read the cells of a workbook once. Raises UnreadableFile like ``read_workbook``."""
    workbook, sha256 = read_workbook(content), sha256_of(content)
    return OpenedReturn(file_name, sha256, workbook, interpret(workbook, file_name, sha256, Known()))


def confirm_suggestions(opened: OpenedReturn, known: Known) -> tuple[Submission, list[Decision]]:
    """Say yes to every suggested name and heading, and read again until nothing is asked any more."""
    decisions: list[Decision] = []
    submission = opened.interpret(known)
    for _ in range(ROUNDS):
        answers = _yes_to_all(submission)
        if not answers:
            break
        decisions += answers
        submission = opened.interpret(known.with_decisions(decisions))
    return submission, decisions


def order_of_acceptance(submission: Submission) -> tuple[bool, Period]:
    """Sort key: monthly returns by period first, then the yearly forms, which name projects of the returns."""
    return submission.kind != MONTHLY_RETURN, submission.period or Period(2100, 12)


def _yes_to_all(submission: Submission) -> list[Decision]:
    body = submission.body or ""
    names = [suggestion.decide(body, is_same=True) for suggestion in submission.suggestions]
    columns = [column for table in submission.tables for column in table.columns if column.match == "suggested"]
    return names + [column.decide(body, column.candidates[0]) for column in columns]
