-- Grain: one row a write that recorded issues or events of issues.
SELECT sequence, min(recorded_at) AS recorded_at, min(recorded_by) AS recorded_by
FROM (
    SELECT sequence, recorded_at, recorded_by FROM issue
    UNION ALL
    SELECT sequence, recorded_at, recorded_by FROM issue_event
)
GROUP BY sequence
