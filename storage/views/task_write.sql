-- Grain: one row a write that recorded tasks, what ledgers say of them, events of tasks, or rulings on closed ones.
SELECT sequence, min(recorded_at) AS recorded_at, min(recorded_by) AS recorded_by
FROM (
    SELECT sequence, recorded_at, recorded_by FROM task
    UNION ALL
    SELECT sequence, recorded_at, recorded_by FROM task_event
    UNION ALL
    SELECT sequence, recorded_at, recorded_by FROM task_detail
    UNION ALL
    SELECT sequence, recorded_at, recorded_by FROM relapse_ruling
)
GROUP BY sequence
