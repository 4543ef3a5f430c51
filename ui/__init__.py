"""What screens are made of: words, formats, HTML pieces, charts and tables. Pages put them together."""
