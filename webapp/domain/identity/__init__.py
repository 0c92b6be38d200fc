"""Names, numbers, addresses and the tables of the field: pure functions, without a database or a page."""
