"""The registry in the open: tables (CSV, Parquet), OC4IDS, and the dictionary that says what each column means."""
