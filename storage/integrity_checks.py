"""The checks of integrity as a table: a sentence each, and the query that must find nothing."""

from __future__ import annotations

from domain.built_in_rules import BUILT_IN
from domain.built_in_schemes import BUILT_IN_SCHEMES
from domain.permit_steps import PERMIT_STATES, PERMIT_STEP

CHILDREN = (
    "submission_table",
    "submission_column",
    "project_row",
    "finding",
    "correction",
    "target",
    "node",
    "permit",
    "land",
    "task_reading",
    "ledger_row",
    "ledger_value",
    "withdrawal",
)
EVENT_TABLES = (
    "submission",
    "withdrawal",
    "due_rule",
    "period_lock",
    "lock_exception",
    "issue_write",
    "reason_word",
    "rule_set",
    "rule_choice",
    "assessment_scheme",
    "assessment_choice",
    "assessment_publication",
    "suspension_event",
    "excuse",
    "evidence",
    "evidence_withdrawal",
    "permit_write",
    "task_write",
    "rectification_write",
    "rectification_bulletin",
    "meeting_title",
    "meeting_seal",
    "place_write",
    "outline",
    "account_event",
)
STEPS, STATES = (", ".join(f"'{code}'" for code in codes) for codes in (PERMIT_STEP, PERMIT_STATES))
# Each query gives one text a fault; its sentence holds the text.
CHECKS: tuple[tuple[str, str], ...] = (
    *(
        (
            f"{table}: rows of the unknown submission {{}}",
            f"SELECT DISTINCT submission_id FROM {table} WHERE submission_id NOT IN (SELECT submission_id FROM submission)",
        )
        for table in CHILDREN
    ),
    ("submission {} stands twice", "SELECT submission_id FROM submission GROUP BY ALL HAVING count(*) > 1"),
    ("receipt {} stands twice", "SELECT receipt_number FROM submission GROUP BY ALL HAVING count(*) > 1"),
    ("submission {} is withdrawn twice", "SELECT submission_id FROM withdrawal GROUP BY ALL HAVING count(*) > 1"),
    (
        "write {} is later than the newest write or has two events",
        f"""SELECT sequence FROM ({" UNION ALL ".join(f"SELECT sequence FROM {table}" for table in EVENT_TABLES)})
        GROUP BY sequence HAVING count(*) > 1 OR sequence > (SELECT max(version) FROM write_lock)""",
    ),
    ("period {} is locked twice", "SELECT period FROM period_lock GROUP BY ALL HAVING count(*) > 1"),
    (
        "an exception of {} is to no lock",
        """SELECT body || ' ' || period FROM lock_exception
        WHERE period NOT IN (SELECT period FROM period_lock WHERE sequence < lock_exception.sequence)""",
    ),
    ("issue {} is opened twice", "SELECT issue_id FROM issue GROUP BY ALL HAVING count(*) > 1"),
    (
        "issue {} is of no project or return on record",
        """SELECT issue_id FROM issue
        WHERE (project_id, body) NOT IN (SELECT (project_id, body) FROM project_row)
           OR (submission_id <> '' AND submission_id NOT IN (SELECT submission_id FROM submission))""",
    ),
    (
        "an event of issue {} is of no issue, or before it was opened",
        """SELECT DISTINCT issue_id FROM issue_event LEFT JOIN issue USING (issue_id)
        WHERE issue.issue_id IS NULL OR on_date < opened_on OR issue_event.sequence < issue.sequence""",
    ),
    (
        "version {} of the rules stands twice",
        "SELECT code || '@' || version FROM rule_set GROUP BY ALL HAVING count(*) > 1",
    ),
    (
        "a suspension or excuse of {} is of no project on record",
        """SELECT DISTINCT project_id FROM (
            SELECT project_id, body FROM suspension_event UNION ALL SELECT project_id, body FROM excuse
        ) WHERE (project_id, body) NOT IN (SELECT (project_id, body) FROM project_row)""",
    ),
    (
        "the rule set {} is in force and unknown",
        f"""SELECT DISTINCT code || '@' || version AS key FROM rule_choice
        WHERE key NOT IN ({", ".join(f"'{key}'" for key in BUILT_IN)})
          AND key NOT IN (SELECT code || '@' || version FROM rule_set)""",
    ),
    (
        "version {} of the assessment stands twice",
        "SELECT code || '@' || version FROM assessment_scheme GROUP BY ALL HAVING count(*) > 1",
    ),
    (
        "the assessment scheme {} is in force or published and unknown",
        f"""SELECT DISTINCT key FROM (
            SELECT code || '@' || version AS key FROM assessment_choice
            UNION ALL SELECT code || '@' || version FROM assessment_publication
        ) WHERE key NOT IN ({", ".join(f"'{key}'" for key in BUILT_IN_SCHEMES)})
          AND key NOT IN (SELECT code || '@' || version FROM assessment_scheme)""",
    ),
    (
        "publication {} stands twice",
        "SELECT publication_id FROM assessment_publication GROUP BY ALL HAVING count(*) > 1",
    ),
    (
        "publication {} is no longer what was sealed",
        "SELECT publication_id FROM assessment_publication WHERE sha256(points) <> seal",
    ),
    (
        "publication {} is of what was not written yet",
        "SELECT publication_id FROM assessment_publication WHERE acceptances > sequence OR acceptances < 1",
    ),
    (
        "excuse {} is revoked and was never granted",
        """SELECT excuse_id FROM excuse AS later WHERE kind = 'revoked' AND excuse_id NOT IN (
            SELECT excuse_id FROM excuse WHERE kind = 'granted' AND sequence < later.sequence
        )""",
    ),
    ("evidence {} is recorded twice", "SELECT evidence_id FROM evidence GROUP BY ALL HAVING count(*) > 1"),
    (
        "evidence {} is of no project on record",
        "SELECT evidence_id FROM evidence WHERE (project_id, body) NOT IN (SELECT (project_id, body) FROM project_row)",
    ),
    (
        "evidence {} is withdrawn twice, before it was recorded, or unknown",
        """SELECT evidence_id FROM evidence_withdrawal LEFT JOIN evidence USING (evidence_id)
        GROUP BY evidence_id HAVING count(*) > 1
            OR bool_or(evidence.sequence IS NULL OR evidence_withdrawal.sequence <= evidence.sequence)""",
    ),
    *(
        (
            f"{table}: project {{}} has a step or a state that is in no list",
            f"SELECT DISTINCT project_id FROM {table} WHERE step NOT IN ({STEPS}) OR state NOT IN ({STATES})",
        )
        for table in ("permit", "permit_event")
    ),
    *(
        (
            f"{table}: project {{}} has a negative area",
            f"SELECT DISTINCT project_id FROM {table} WHERE least(wanted_mu, applied_mu, granted_mu) < 0",
        )
        for table in ("land", "land_event")
    ),
    *(
        (
            f"{table}: project {{}} is of no return or ledger on record",
            f"""SELECT DISTINCT project_id FROM {table} WHERE (project_id, body) NOT IN (
                SELECT (project_id, body) FROM project_row
                UNION ALL SELECT (project_id, district) FROM permit UNION ALL SELECT (project_id, district) FROM land
            )""",
        )
        for table in ("permit_event", "land_event")
    ),
    ("task {} is given twice", "SELECT task_id FROM task GROUP BY ALL HAVING count(*) > 1"),
    (
        "task {} is of no project or issue on record",
        """SELECT task_id FROM task
        WHERE (project_id <> '' AND (project_id, body) NOT IN (SELECT (project_id, body) FROM project_row))
           OR (issue_id <> '' AND (issue_id, project_id) NOT IN (SELECT (issue_id, project_id) FROM issue))""",
    ),
    (
        "an event of task {} is of no task, or before it was given",
        """SELECT DISTINCT task_id FROM task_event LEFT JOIN task USING (task_id)
        WHERE task.task_id IS NULL OR on_date < opened_on OR task_event.sequence < task.sequence""",
    ),
    (
        "what is said of task {} is of no task, or before it was given, or of a problem in no ledger",
        """SELECT DISTINCT task_id FROM task_detail LEFT JOIN task USING (task_id)
        WHERE task.task_id IS NULL OR task_detail.sequence < task.sequence
           OR (problem_id <> '' AND problem_id NOT IN (SELECT problem_id FROM rectification_problem))""",
    ),
    (
        "a ruling on task {} is of no task, or of a figure that is no worse",
        """SELECT DISTINCT task_id FROM relapse_ruling LEFT JOIN task USING (task_id)
        WHERE task.task_id IS NULL OR relapse_ruling.sequence < task.sequence OR figure <= baseline""",
    ),
    (
        "task {} was approved by the account that applied",
        """SELECT DISTINCT task_id FROM (
            SELECT task_id, kind, recorded_by, lag(recorded_by) OVER (PARTITION BY task_id ORDER BY sequence, number) AS who
            FROM task_event WHERE kind IN ('applied', 'approved')
        ) WHERE kind = 'approved' AND (who IS NULL OR who = recorded_by)""",
    ),
    ("ledger {} stands twice", "SELECT rectification_id FROM rectification GROUP BY ALL HAVING count(*) > 1"),
    (
        "problem {} stands twice or is of no ledger",
        """SELECT problem_id FROM rectification_problem GROUP BY problem_id HAVING count(*) > 1
        UNION SELECT problem_id FROM rectification_problem
        WHERE rectification_id NOT IN (SELECT rectification_id FROM rectification)""",
    ),
    (
        "a bulletin is of the unknown ledger {}, or counts below nought",
        """SELECT DISTINCT rectification_id FROM rectification_bulletin WHERE least(done, going_on) < 0
           OR rectification_id NOT IN (SELECT rectification_id FROM rectification WHERE sequence < rectification_bulletin.sequence)""",
    ),
    ("seal {} stands twice", "SELECT seal_id FROM meeting_seal GROUP BY ALL HAVING count(*) > 1"),
    (
        "seal {} is of what was not written yet",
        "SELECT seal_id FROM meeting_seal WHERE acceptances > sequence OR acceptances < 1",
    ),
    (
        "titles of the unknown seal {}",
        """SELECT DISTINCT seal_id FROM seal_title
        WHERE (seal_id, sequence) NOT IN (SELECT (seal_id, sequence) FROM meeting_seal)""",
    ),
    (
        "a place of {} is of no project on record",
        """SELECT DISTINCT project_id FROM place_event
        WHERE (project_id, body) NOT IN (SELECT (project_id, body) FROM project_row)""",
    ),
    (
        "the place of {} is set twice, or moved or removed without one",
        """SELECT DISTINCT project_id FROM (
            SELECT project_id, kind, longitude, latitude,
                coalesce(lag(kind) OVER (PARTITION BY project_id ORDER BY sequence, number), 'removed') AS before
            FROM place_event
        ) WHERE (kind = 'set') <> (before = 'removed') OR (kind = 'removed') <> (longitude IS NULL OR latitude IS NULL)""",
    ),
    (
        "lines of the unknown outline {}",
        "SELECT DISTINCT sequence FROM outline_line WHERE sequence NOT IN (SELECT sequence FROM outline)",
    ),
    (
        "account {} is added twice, or changed before it was added",
        """SELECT account FROM account_event GROUP BY account
        HAVING count(*) FILTER (WHERE kind = 'added') <> 1
            OR min(sequence) <> min(sequence) FILTER (WHERE kind = 'added')""",
    ),
    (
        "a password of account {} belongs to no event",
        """SELECT DISTINCT account FROM account_password WHERE (account, sequence) NOT IN (
            SELECT (account, sequence) FROM account_event WHERE kind IN ('added', 'reset', 'changed')
        )""",
    ),
    (
        "{} has a row of a ledger twice, or of another return",
        """SELECT submission_id || ' ' || number FROM ledger_row JOIN submission USING (submission_id)
        GROUP BY submission_id, number HAVING count(*) > 1 OR bool_or(kind <> 'ledger_' || ledger)""",
    ),
    (
        "{} has a value of no row, or twice",
        """SELECT submission_id || ' ' || ledger_value.number || ' ' || field
        FROM ledger_value LEFT JOIN ledger_row USING (submission_id, number)
        GROUP BY submission_id, ledger_value.number, field HAVING count(*) > 1 OR bool_or(ledger IS NULL)""",
    ),
    ("write_lock holds {} rows", "SELECT count(*) FROM write_lock HAVING count(*) <> 1"),
    (
        "{} counts a project twice",
        """SELECT DISTINCT submission_id || ' ' || project_id FROM project_row WHERE is_counted
        GROUP BY submission_id, project_id HAVING count(*) > 1""",
    ),
    (
        "{} has a project of several rows of which none counts",
        """SELECT submission_id || ' ' || project_id FROM project_row WHERE project_id <> ''
        GROUP BY submission_id, project_id HAVING NOT bool_or(is_counted)""",
    ),
    (
        "project {} is reported by two bodies",
        "SELECT project_id FROM project_row WHERE is_counted GROUP BY project_id HAVING count(DISTINCT body) > 1",
    ),
    (
        "{} is outside its table, period or body",
        """SELECT submission_id || ' row ' || cell_row
        FROM project_row LEFT JOIN submission_table USING (submission_id, table_number)
        JOIN submission USING (submission_id)
        WHERE submission_table.kind IS DISTINCT FROM project_row.kind
           OR submission_table.sheet IS DISTINCT FROM project_row.sheet
           OR project_row.period <> submission.period OR project_row.body <> submission.body OR cell_row < 1""",
    ),
    (
        "{} has a period that is no month",
        "SELECT submission_id FROM submission WHERE NOT regexp_full_match(period, '\\d{4}-(0[1-9]|1[0-2])')",
    ),
    (
        "receipt {} does not agree with its rows",
        """SELECT receipt_number FROM submission
        LEFT JOIN (
            SELECT submission_id, count(*) FILTER (WHERE kind = 'projects') AS projects,
                count(*) FILTER (WHERE kind = 'infrastructure') AS infrastructure, sum(investment_ytd_wan) AS total
            FROM project_row WHERE is_counted GROUP BY submission_id
        ) AS stored USING (submission_id)
        LEFT JOIN (SELECT submission_id, count(*) AS findings FROM finding GROUP BY submission_id) USING (submission_id)
        WHERE project_count <> coalesce(projects, 0) OR infrastructure_count <> coalesce(infrastructure, 0)
           OR total_ytd_wan IS DISTINCT FROM total
           OR error_count + explain_count + hint_count <> coalesce(findings, 0)""",
    ),
    (
        "{}: the share of work done is outside 0 to 1",
        "SELECT submission_id || ' row ' || cell_row FROM project_row WHERE progress_rate NOT BETWEEN 0 AND 1",
    ),
    (
        "{}: the total investment is negative",
        "SELECT submission_id || ' row ' || cell_row FROM project_row WHERE total_investment_wan < 0",
    ),
)
