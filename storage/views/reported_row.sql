-- Grain: one row a row of a submission, with the file and receipt that it came in (replaced and withdrawn ones too).
SELECT
    project_row.*,
    accepted_submission.receipt_number,
    accepted_submission.sequence,
    accepted_submission.file_name,
    accepted_submission.accepted_at,
    accepted_submission.kind AS return_kind
FROM project_row
JOIN accepted_submission ON accepted_submission.submission_id = project_row.submission_id
