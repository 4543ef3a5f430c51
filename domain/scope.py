"""For whom and as of what a query reads: the first two arguments of every query."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.bodies import DISTRICT_CODES, ZONE
from domain.built_in_rules import ZONE_RULES
from domain.periods import Period
from domain.roles import OFFICE_ROLE, ROLES, has_permission

EVERY_BODY = (*DISTRICT_CODES, ZONE.code)


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks: a role, the bodies whose figures it may read, and the name under which what it writes is recorded.

    Made once from the sign-in. While no accounts are set up everybody is the office.
    """

    role: str
    bodies: tuple[str, ...]
    actor: str = OFFICE_ROLE

    def allows(self, body: str) -> bool:
        return body in self.bodies

    def may(self, permission: str) -> bool:
        """Whether the role has a permission. Raises ValueError for an unknown one."""
        return has_permission(self.role, permission)

    @property
    def nameless(self) -> Scope:
        """The scope as reads are remembered by: people of one role and district share them. Writes nothing."""
        return replace(self, actor="")


OFFICE = Scope(role=OFFICE_ROLE, bodies=EVERY_BODY)


def scope_of(role: str, body: str, actor: str) -> Scope:
    """The scope of a person with a role, of a district where the role is of one.

    Raises ValueError for an unknown role, and for a district where the role has none or none where it needs one.
    """
    if role not in ROLES or ROLES[role].is_of_district != (body in DISTRICT_CODES) or not actor:
        raise ValueError(f"no scope: {role!r} of {body!r}")
    return Scope(role, (body,) if body else EVERY_BODY, actor)


@dataclass(frozen=True, slots=True)
class Record:
    """As of what: the reporting period, the acceptances that count (the newest), and the rule set (``RuleSet.key``)."""

    period: Period
    acceptances: str = "newest"
    rule_set: str = ZONE_RULES.key
