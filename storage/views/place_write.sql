-- Grain: one row a write that recorded events of places.
SELECT sequence, min(recorded_at) AS recorded_at, min(recorded_by) AS recorded_by
FROM place_event
GROUP BY sequence
