"""实人验证 as a way (途径1): what a pass decides, and when people look at the case all the same (R-DUP-01, R-DUP-05).

Not here: the check itself (`domain/liveness/`).
"""

from webapp.domain.duplicates import cases, effect, sending
from webapp.domain.permissions import SYSTEM
from webapp.models.duplicates import Party, Submission

WAY = "face"


def waits(party: Party) -> bool:
    """Is a pass of this claimant still wanted: 重要提示 was ticked, the case takes something, and none was handed in?"""
    in_doubt = party.left is None and party.warned is not None and party.account.state == "duplicate"
    lies = (Submission.party == party) & (Submission.way == WAY) & (Submission.state == "waiting")
    return in_doubt and party.claim.state in sending.TAKES and not Submission.select().where(lies).exists()


def passed(party: Party) -> None:
    """The claimant was there, and looks like the school's photo. That decides, with the time for an objection.

    Where somebody else claims the identity too, objected, or has the case in hand, people weigh the pass with the rest.
    Call it inside a transaction.
    """
    claim = party.claim.locked()
    if claim.state in cases.OPEN and cases.is_alone(party):
        sending.note(party, WAY)
        effect.approve(claim, SYSTEM, party, WAY)
    else:
        sending.hand_over(party, WAY)
