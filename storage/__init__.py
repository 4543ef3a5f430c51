"""The database: accepted returns, kept for ever, and what is derived from them. The only code that holds SQL."""
