"""Who may do what: the roles, and the permission that each of them has. One table, to be read by the office."""

from __future__ import annotations

from dataclasses import dataclass

READ, SEALED, EXPORT = "read", "sealed", "export"
UPLOAD, ACCEPT, WITHDRAW = "upload", "accept", "withdraw"
RECORD, DECIDE, SEAL = "record", "decide", "seal"
RULE, LOCK, USERS, OVERSEE = "rule", "lock", "users", "oversee"
OFFICE_ROLE, REPORTER, CHECKER, MEETING, VIEWER, ADMINISTRATOR = (
    "office", "reporter", "checker", "meeting", "viewer", "administrator",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Permission:
    """Something that a person may or may not do."""

    code: str
    name: str
    english: str


PERMISSIONS = (
    Permission(READ, "查看最新数据", "read the figures as they stand"),
    Permission(SEALED, "查看例会及封存的例会", "read the meeting and the sealed ones"),
    Permission(EXPORT, "下载", "download"),
    Permission(UPLOAD, "上传报表", "upload returns"),
    Permission(ACCEPT, "确认入库", "accept returns"),
    Permission(WITHDRAW, "撤回报表", "withdraw returns"),
    Permission(RECORD, "登记问题、手续、核验材料、督办进展", "record issues, permits, evidence, progress of tasks"),
    Permission(DECIDE, "登记议定事项、免考", "record decisions of meetings, months excused"),
    Permission(SEAL, "修改例会标题、封存例会、公布考核得分", "write titles of the meeting, seal it, publish the assessment"),
    Permission(RULE, "启用、修订亮灯规则和考核方案", "put rules of the grades and schemes of the assessment into force, change them"),
    Permission(LOCK, "设定报送期限、锁定月份、批准例外", "set due dates, lock months, grant exceptions"),
    Permission(USERS, "管理账号", "look after accounts"),
    Permission(OVERSEE, "查看系统状态和操作记录、备份", "see the system's health and its journal, make backups"),
)
EVERYTHING = frozenset(permission.code for permission in PERMISSIONS)
CHECKING = frozenset({READ, SEALED, EXPORT, UPLOAD, ACCEPT, WITHDRAW, RECORD, DECIDE, SEAL})


@dataclass(frozen=True, slots=True)
class Role:
    """A role; ``is_of_district`` says that its people read and send for one district only."""

    code: str
    name: str
    english: str
    permissions: frozenset[str]
    is_of_district: bool = False


ROLES = {
    role.code: role
    for role in (
        # A district confirms what it sends itself (design: nothing is stored until the sender accepts); taking an
        # accepted return back is the checker's.
        Role(REPORTER, "片区录入员", "reporter of a district", frozenset({READ, EXPORT, UPLOAD, ACCEPT}), True),
        Role(CHECKER, "审核员", "checker", CHECKING),
        Role(MEETING, "参会人员", "meeting", frozenset({SEALED})),
        Role(VIEWER, "查看人员", "viewer", frozenset({READ, SEALED})),
        Role(ADMINISTRATOR, "管理员", "administrator", EVERYTHING),
        # Nobody's account: whoever sits at this machine while no accounts are set up.
        Role(OFFICE_ROLE, "本机", "this machine", EVERYTHING),
    )
}
# Those that an account may have.
ACCOUNT_ROLES = tuple(code for code in ROLES if code != OFFICE_ROLE)


def has_permission(role: str, permission: str) -> bool:
    """Whether a role may do something; an unknown role may nothing. Raises ValueError for an unknown permission."""
    if permission not in EVERYTHING:
        raise ValueError(f"no permission: {permission!r}")
    return role in ROLES and permission in ROLES[role].permissions
