"""The screens of graduation, 学历照片 at the office, and the board of progress where it asks students to move."""

from tests.browser.guide import Tour

STAFF: tuple[Tour, ...] = ()
