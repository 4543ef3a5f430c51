-- Grain: one row a write that recorded steps of permits or land.
SELECT sequence, min(recorded_at) AS recorded_at, min(recorded_by) AS recorded_by
FROM (
    SELECT sequence, recorded_at, recorded_by FROM permit_event
    UNION ALL
    SELECT sequence, recorded_at, recorded_by FROM land_event
)
GROUP BY sequence
