"""The screens of 学历照片 for students, of certificates claimed, and of their cases at the office."""

from tests.browser.guide import Tour

STUDENTS: tuple[Tour, ...] = ()
STAFF: tuple[Tour, ...] = ()
