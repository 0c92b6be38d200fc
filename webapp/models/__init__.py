"""Nouns: tables and named queries. No rules."""

from webapp.models import (
    accounts,
    certificate_claims,
    changes,
    checks,
    codes,
    corrections,
    desk,
    duplicates,
    enrolment,
    glyphs,
    graduation,
    graduation_photos,
    imports,
    in_person,
    journal,
    messages,
    papers,
    photos,
    records,
    recovery,
    reminders,
    reports,
    school,
    settings,
    signups,
    slips,
    staff,
    surveys,
    tickets,
)
from webapp.models.base import Row

MODULES = (
    school,
    staff,
    accounts,
    codes,
    messages,
    photos,
    papers,
    tickets,
    duplicates,
    changes,
    signups,
    in_person,
    imports,
    records,
    certificate_claims,
    enrolment,
    graduation,
    graduation_photos,
    slips,
    checks,
    reminders,
    reports,
    corrections,
    recovery,
    desk,
    surveys,
    settings,
    glyphs,
    journal,
)

TABLES: tuple[type[Row], ...] = tuple(
    model
    for module in MODULES
    for model in vars(module).values()
    if isinstance(model, type) and issubclass(model, Row) and model.__module__ == module.__name__
)
"""Every table, in the order in which they can be created."""
