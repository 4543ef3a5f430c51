-- Grain: one row a piece of evidence, with its withdrawal where there is one (withdrawn_sequence is NULL otherwise).
SELECT
    evidence.*,
    evidence_withdrawal.sequence AS withdrawn_sequence,
    evidence_withdrawal.withdrawn_at,
    evidence_withdrawal.withdrawn_by,
    evidence_withdrawal.reason AS withdrawal_reason
FROM evidence
LEFT JOIN evidence_withdrawal ON evidence_withdrawal.evidence_id = evidence.evidence_id
