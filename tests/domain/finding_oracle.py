"""The second, slow way of finding: every text of every entry by itself, from each of its characters on, in plain loops."""

from __future__ import annotations

import unicodedata

from pypinyin import Style, pinyin

from domain.finding import Entry

FIGURES = {"一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9"}


def folded(text: str) -> str:
    signs = ""
    for character in text:
        for sign in unicodedata.normalize("NFKC", character).casefold():
            if sign.isalnum():
                signs += sign
    return signs


def sounds(sign: str) -> list[str]:
    if not "\u3400" <= sign <= "\u9fff":
        return []
    return pinyin(sign, style=Style.NORMAL, heteronym=True)[0]


def begins_with(text: str, query: str) -> bool:
    """Whether a text, folded, begins with what a query, folded, stands for."""
    if not query:
        return True
    if not text:
        return False
    sign, rest = text[0], text[1:]
    is_sign = query[0] == sign or FIGURES.get(query[0]) == sign or FIGURES.get(sign) == query[0]
    if is_sign and begins_with(rest, query[1:]):
        return True
    for sound in sounds(sign):
        if sound.startswith(query):
            return True
        shorter = [sound[0], sound] + [two for two in ("zh", "ch", "sh") if sound.startswith(two)]
        for typed in shorter:
            if query.startswith(typed) and begins_with(rest, query[len(typed) :]):
                return True
    return False


def answers(entry: Entry, query: str) -> bool:
    """Whether an entry answers a query: as a whole in one of its texts, or each of its terms in one of them."""

    def holds(term: str) -> bool:
        for text in (entry.title, entry.code, entry.detail):
            for at in range(len(folded(text))):
                if begins_with(folded(text)[at:], term):
                    return True
        return False

    terms = [folded(part) for part in query.split() if folded(part)]
    return bool(terms) and (holds("".join(terms)) or all(holds(term) for term in terms))
