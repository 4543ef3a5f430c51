"""A workbook in, a Submission out: the only code that reads a workbook."""
