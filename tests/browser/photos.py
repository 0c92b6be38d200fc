"""The screens of 学历照片 for students, what a record tells of its photo, certificates claimed, and their cases at the office."""

from tests.browser.guide import Tour

STUDENTS: tuple[Tour, ...] = ()
STAFF: tuple[Tour, ...] = ()
