"""What can happen to an organisation: it applied, and the administrator decides (R-RPT-24)."""

from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models.organisations import Organisation


def of_the_site(organisation: Organisation, actor: Actor) -> None:
    """Organisations belong to no school: who decides keeps the whole site, or its only school."""
    if not actor.gives("E", None):
        raise Refused("not_allowed")


ORGANISATION = Lifecycle(
    Organisation,
    Move("approve", ("applied",), "approved", Can.ORGANISATIONS, (of_the_site,)),
    Move("refuse", ("applied",), "refused", Can.ORGANISATIONS, (of_the_site,)),
    Move("suspend", ("approved",), "suspended", Can.ORGANISATIONS, (of_the_site,)),
    Move("resume", ("suspended",), "approved", Can.ORGANISATIONS, (of_the_site,)),
)
"""待审核, 已通过, 不通过, 已停用."""
