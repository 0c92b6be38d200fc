"""The self-check's own page: its receipt. Checking itself happens on the record (`records/record.py`)."""
