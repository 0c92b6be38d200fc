"""更正审核: the desks of college, school and province, each with its own requests (R-COR-04, R-COR-15)."""
