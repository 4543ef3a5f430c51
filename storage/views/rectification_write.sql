-- Grain: one row a write that recorded a rectification ledger or problems of one.
SELECT sequence, min(recorded_at) AS recorded_at, min(recorded_by) AS recorded_by
FROM (
    SELECT sequence, recorded_at, recorded_by FROM rectification
    UNION ALL
    SELECT sequence, recorded_at, recorded_by FROM rectification_problem
)
GROUP BY sequence
