"""What the office means by its words: fields, periods, stages, indicators and rules. Pure: no I/O, no SQL, no screen."""
