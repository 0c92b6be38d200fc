"""An application that is being written: beginning one, finding it again, giving it up, and the sweep of old ones (R-CRT-45).

The row itself is the draft, so any device goes on with it. Not here: its answers (`choosing.py`, `filling.py`,
`applicants.py`) and handing it in (`applying.py`).
"""

from datetime import timedelta

from webapp.domain import clock, defaults
from webapp.domain.certification import discredit, materials
from webapp.domain.certification.lifecycle import hers
from webapp.domain.liveness import forgetting
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.certification import Application, ApplicationItem

MOST = 20
"""Applications that one account may have begun and not handed in."""


def find(account: Account, key: str) -> Application | None:
    """The application under that address, of this account."""
    return Application.get_or_none((Application.account == account) & (Application.key == key))


def unfinished(account: Account) -> list[Application]:
    """What the account has begun and not confirmed, the newest first."""
    mine = (Application.account == account) & Application.state.in_(("draft", "proving", "proved"))
    return list(Application.select().where(mine).order_by(Application.updated.desc(), Application.id.desc()))


def begin(account: Account, actor: Actor) -> Application:
    """新申请. An application in which nothing was chosen yet is taken up again, so that two taps make one.

    Raises Refused: not_allowed, discredited (until), applications_many (most).
    """
    actor.require(Can.APPLY)
    discredit.check(account.identity_index)
    with transaction():
        account = account.locked()
        drafts = [one for one in unfinished(account) if one.state == "draft"]
        blank = next((one for one in drafts if not one.purpose), None)
        if blank is not None:
            return blank
        if len(drafts) >= MOST:
            raise Refused("applications_many", most=MOST)
        at = clock.now()
        return Application.create(account=account, created=at, updated=at)


def held(application: Application, actor: Actor) -> Application:
    """The row as it is now, held in this transaction to be written. Raises not_allowed and what `check_open` raises."""
    actor.require(Can.APPLY)
    application = application.locked()
    hers(application, actor)
    check_open(application)
    return application


def check_open(application: Application) -> None:
    """May anything in it be changed?

    Raises Refused: application_proved (the holder was there), application_waits (handed in; 返回修改 opens it again).
    """
    if application.proved is not None:
        raise Refused("application_proved")
    if application.state != "draft":
        raise Refused("application_waits")


def check_loose(application: Application) -> None:
    """Items are neither added nor deleted after 提交申请, nor after 返回修改. Raises Refused: application_locked (R-CRT-26)."""
    if application.number is not None:
        raise Refused("application_locked")


def keep(application: Application) -> None:
    """Write the row; its 30 days begin again."""
    application.updated = clock.now()
    application.save()


def give_up(application: Application, actor: Actor) -> None:
    """放弃申请: nothing of it is left. Raises as `held` and `check_loose` do."""
    with transaction():
        application = held(application, actor)
        check_loose(application)
        forget(application)


def sweep() -> int:
    """Forget the drafts that nobody has touched for `crt.draft_days`, with their pictures. Returns how many."""
    before = clock.now() - timedelta(days=defaults.value("crt.draft_days"))
    old = (Application.state == "draft") & (Application.updated < before)
    gone = 0
    for one in Application.select(Application.id).where(old):
        with transaction():
            application = one.locked()
            if application.state == "draft" and application.updated < before:
                forget(application)
                gone += 1
    return gone


def forget(application: Application) -> None:
    """Nothing of it is left: not its pictures, nor the checks of who was to be there. Call it in a transaction."""
    forgetting.forget("application", application.key)
    materials.forget(application)
    ApplicationItem.delete().where(ApplicationItem.application == application).execute()
    application.delete_instance()
