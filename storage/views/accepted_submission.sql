-- Grain: one row a submission, with its withdrawal where there is one (withdrawn_sequence is NULL otherwise).
SELECT
    submission.*,
    withdrawal.sequence AS withdrawn_sequence,
    withdrawal.withdrawn_at,
    withdrawal.withdrawn_by,
    withdrawal.reason AS withdrawal_reason
FROM submission
LEFT JOIN withdrawal ON withdrawal.submission_id = submission.submission_id
