"""Finding by name, number or sound: one index over all that can be opened, one query, the best answers first.

Chinese text, letters and figures are matched as they are written, width, case, brackets and punctuation aside, and 二期
like 2期; Chinese characters also by pinyin: first letters (bxdd), whole (binxiangdadao), or mixed (滨xdd). The texts lie
one behind the other as one run of tokens, and a query is read over all of it at once, from its end to its beginning:
20,000 projects answer in a few hundredths of a second.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from domain.finding_tokens import EVERY, LITERAL, USUAL, WAYS, begun_for, terms_of, tokens_of, typed_for

# How an entry answers, the best first: by its whole name or number, the beginning of one, a word of it, the sound from
# the beginning, a part, the sound of a part, what is said beside it, a reading unusual there, each term for itself.
EXACT, PREFIX, WORD, INITIALS, SUBSTRING, SOUND_INSIDE, DETAIL, UNUSUAL, TERMS, NOTHING = range(10)
TITLE_FIELD, CODE_FIELD, DETAIL_FIELD = range(3)
LONGEST_READING = 6  # zhuang
GAP = ("", "")
NOWHERE = np.array([], dtype=int)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found: its kind, which one (``key``), its name, its number, what else is said of it.

    ``title``, ``code`` and ``detail`` are searched; ``remark`` is only shown.
    """

    kind: str
    key: str
    title: str
    code: str = ""
    detail: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What of one kind answers: how many, and the best of them."""

    kind: str
    count: int
    entries: tuple[Entry, ...]


class FindingIndex:
    """All entries, ready to be asked."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._kinds = np.array([entry.kind for entry in self.entries], dtype=str)
        self._lengths = np.array([len(entry.title) for entry in self.entries], dtype=np.int32)
        run = _Run()
        for owner, entry in enumerate(self.entries):
            for field, text in enumerate((entry.title, entry.code, entry.detail)):
                run.add(text, owner, field)
        self._tokens, self._owners = np.array(run.tokens, np.int32), np.array(run.owners, np.int32)
        self._fields, self._is_edge = np.array(run.fields, np.int8), np.array(run.edges, bool)
        self._is_first = np.append(False, self._tokens[:-1] == 0)
        self._typed = [_numbers_by_option(run.numbers, typed_for, way) for way in WAYS]
        self._begun = [_numbers_by_option(run.numbers, begun_for, way) for way in WAYS]
        # The places of token n are ``_order[_edges_of[n] : _edges_of[n + 1]]``.
        self._order = np.argsort(self._tokens, kind="stable")
        self._edges_of = np.searchsorted(self._tokens[self._order], np.arange(len(run.numbers) + 1))

    def find(self, query: str, most: int) -> list[Answers]:
        """What answers a query, by kind, the kind with the best answer first; of each kind the best ``most``."""
        found, best = self._ranked(query)
        found = found[np.lexsort((found, self._lengths[found], best[found]))]
        kinds = self._kinds[found]
        return [
            Answers(kind, int((kinds == kind).sum()), tuple(self.entries[at] for at in found[kinds == kind][:most]))
            for kind in dict.fromkeys(kinds.tolist())
        ]

    def _ranked(self, query: str) -> tuple[np.ndarray, np.ndarray]:
        """The numbers of the entries that answer, and how well each of all entries does."""
        terms = terms_of(query)
        best = self._ranks("".join(terms))
        if len(terms) > 1:
            answers_all = np.logical_and.reduce([self._ranks(term) < NOTHING for term in terms])
            best[(best == NOTHING) & answers_all] = TERMS
        return np.flatnonzero(best < NOTHING), best

    def _ranks(self, term: str) -> np.ndarray:
        """How well each entry answers a folded term; a better way found later goes over a worse one."""
        best = np.full(len(self.entries), NOTHING, dtype=np.int8)
        is_said = any("a" <= sign <= "z" for sign in term)
        every, usual = (self._starts(term, way) if is_said else NOWHERE for way in (EVERY, USUAL))
        literal = self._starts(term, LITERAL)
        in_name = self._fields[usual] != DETAIL_FIELD
        self._mark(best, every, UNUSUAL)
        self._mark(best, usual[~in_name], DETAIL)
        self._mark(best, literal[self._fields[literal] == DETAIL_FIELD], DETAIL)
        self._mark(best, usual[in_name], SOUND_INSIDE)
        literal = literal[self._fields[literal] != DETAIL_FIELD]
        self._mark(best, literal, SUBSTRING)
        self._mark(best, usual[in_name & self._is_first[usual]], INITIALS)
        self._mark_written(best, literal, literal + len(term))
        return best

    def _mark_written(self, best: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> None:
        """What is written so: as a word, from the beginning, whole."""
        is_first, is_last = self._is_first[starts], self._tokens[ends] == 0
        self._mark(best, starts[self._is_edge[starts] & self._is_edge[ends]], WORD)
        self._mark(best, starts[is_first], PREFIX)
        self._mark(best, starts[is_first & is_last], EXACT)

    def _mark(self, best: np.ndarray, starts: np.ndarray, rank: int) -> None:
        best[self._owners[starts]] = rank

    def _starts(self, term: str, way: int) -> np.ndarray:
        """The places in the run at which a term begins that is there to its end, by one way of matching.

        ``reached[at]`` are the places at which the rest of the term from ``at`` begins.
        """
        reached: dict[int, np.ndarray] = {}
        for at in range(len(term) - 1, -1, -1):
            steps = [self._before(reached, at, term[at:behind], way) for behind in range(at + 1, len(term))]
            if len(term) - at <= LONGEST_READING:
                steps.append(self._places(self._begun[way].get(term[at:], [])))
            found = [step for step in steps if len(step)]
            if found:
                reached[at] = found[0] if len(found) == 1 else np.unique(np.concatenate(found))
        return reached.get(0, NOWHERE)

    def _before(self, reached: dict[int, np.ndarray], at: int, option: str, way: int) -> np.ndarray:
        """The places whose token may be typed so, right before those at which the rest of the term begins."""
        numbers, rest = self._typed[way].get(option), reached.get(at + len(option))
        if numbers is None or rest is None:
            return NOWHERE
        table = np.zeros(len(self._edges_of), dtype=bool)
        table[numbers] = True
        return (rest - 1)[table[self._tokens[rest - 1]]]

    def _places(self, numbers: list[int]) -> np.ndarray:
        """The places in the run of some tokens."""
        found = [self._order[self._edges_of[number] : self._edges_of[number + 1]] for number in numbers]
        return np.concatenate(found) if found else NOWHERE


class _Run:
    """The texts one behind the other, a gap before each and behind the last; token 0 is the gap."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[str, str], int] = {GAP: 0}
        self.tokens: list[int] = [0]
        self.owners: list[int] = [0]
        self.fields: list[int] = [0]
        self.edges: list[bool] = [True]

    def add(self, text: str, owner: int, field: int) -> None:
        found = tokens_of(text)
        numbers = self.numbers
        self.tokens += [numbers.setdefault((token.sign, token.reading), len(numbers)) for token in found]
        self.edges += [token.is_edge for token in found]
        self.tokens.append(0)
        self.edges.append(True)
        self.owners += [owner] * (len(found) + 1)
        self.fields += [field] * (len(found) + 1)


def _numbers_by_option(numbers: dict[tuple[str, str], int], options_of, way: int) -> dict[str, list[int]]:
    """What may be typed -> the numbers of the tokens that it may stand for."""
    found: dict[str, list[int]] = {}
    for (sign, reading), number in numbers.items():
        for option in options_of(sign, reading, way) if sign else ():
            found.setdefault(option, []).append(number)
    return found
