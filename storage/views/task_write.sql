-- Grain: one row a write that recorded tasks or events of tasks.
SELECT sequence, min(recorded_at) AS recorded_at, min(recorded_by) AS recorded_by
FROM (
    SELECT sequence, recorded_at, recorded_by FROM task
    UNION ALL
    SELECT sequence, recorded_at, recorded_by FROM task_event
)
GROUP BY sequence
