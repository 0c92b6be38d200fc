"""What may happen to a question, on one screen (spec 3-processes 7.13).

Not here: the texts in it and who is told; those are the verbs of the other modules.
"""

from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models.tickets import Ticket

OPEN = ("waiting", "answered")
"""States in which the thread goes on."""


def holds_it(ticket: Ticket, actor: Actor) -> None:
    """One colleague answers; another one takes the question over first."""
    if ticket.holder_id is None or ticket.holder.key != actor.key:
        raise Refused("ticket_held")


def is_free(ticket: Ticket, actor: Actor) -> None:
    if ticket.holder_id is not None and ticket.holder.key != actor.key:
        raise Refused("ticket_held")


TICKET = Lifecycle(
    Ticket,
    #    name         from         to           who may      guards
    Move("take", ("waiting",), "waiting", Can.SUPPORT, (is_free,)),
    Move("hand_over", ("waiting",), "waiting", Can.SUPPORT),
    Move("answer", ("waiting",), "answered", Can.SUPPORT, (holds_it,)),
    Move("close", ("waiting",), "closed", Can.SUPPORT, (holds_it,)),
    Move("expire", ("answered",), "closed", Can.SUPPORT),
    Move("follow", OPEN, "waiting"),
    Move("solve", OPEN, "solved"),
    Move("escalate", ("waiting",), "waiting", Can.SUPPORT),
)
"""The asker asks on (`follow`, 追问) and says that it is solved; who asks is made sure of before."""
