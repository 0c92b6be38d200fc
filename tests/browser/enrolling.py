"""The screens of enrolment: records made and changed, 异动 and who approves it, the year's registration, admissions."""

from tests.browser.guide import Tour

STAFF: tuple[Tour, ...] = ()
