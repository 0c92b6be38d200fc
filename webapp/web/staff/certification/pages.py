"""The agency's desk: one blueprint, its routes in the modules that this one names."""

from webapp.web.staff.certification import decisions, item, queue, sending  # noqa: F401 (their routes)
from webapp.web.staff.certification.blueprint import bp  # noqa: F401 (mounted by the site)
