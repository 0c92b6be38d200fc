"""What stops an item before more is asked: 已申请过学历认证, 学历已注册上网 (R-CRT-15).

Both look at 高等学历认证 alone. Not here: whether its answers are right (`forms.py`).
"""

from webapp.domain.identity import certificates
from webapp.domain.refused import Refused
from webapp.models.certification import AT_WORK, Application, ApplicationItem
from webapp.models.records import Record

HANDED_IN = ("proving", "proved", "paying")
"""States of an application whose items nobody works on yet, though they are applied for."""


def check(application: Application, number: str, item: ApplicationItem | None = None) -> None:
    """Raises Refused: applied_already, registered_online. `item` is the one that is being written; it does not stop itself.

    Only the own account's applications count and those for the same holder: nobody can keep others from applying by
    typing their number.
    """
    same = (ApplicationItem.certificate_index == ApplicationItem.certificate_index.of(number)) & (
        ApplicationItem.kind == "degree"
    )
    if item is not None:
        same &= ApplicationItem.id != item.id
    whose = Application.account == application.account_id
    if application.identity_index:
        whose |= Application.identity_index == application.identity_index
    here = Application.id == application.id
    live = ApplicationItem.state.in_(AT_WORK) | ((ApplicationItem.state == "draft") & Application.state.in_(HANDED_IN))
    if ApplicationItem.select().join(Application).where(same & (here | (whose & live))).exists():
        raise Refused("applied_already", field="number")
    online = (Record.certificate == certificates.clean(number)) & (Record.kind == "qualification")
    if Record.select().where(online & Record.published.is_null(False)).exists():
        raise Refused("registered_online", field="number")
