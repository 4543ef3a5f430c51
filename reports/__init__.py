"""What is handed out: figures, workbooks."""
