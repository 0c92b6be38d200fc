"""What the town's students have of 学历认证: an application that was not handed in, one that waits for the holder, and an item
that an agency has. The first agency's certifier is one of those who knock; the others' are as far away as another school.

Not here: who they are (`town.py`). Called once for each student.
"""

from tests.certifying import begun, filed, office
from tests.correcting import picture
from tests.reporting import Holder
from webapp.domain import permissions
from webapp.domain.certification import filing, materials
from webapp.models.accounts import Account
from webapp.models.certification import Agency
from webapp.models.records import Record
from webapp.providers.files import Files


def of_applications(record: Record, account: Account, files: Files) -> dict[str, str]:
    """Keys of the agency, of an application in each of three states, and of the items of the first and the last."""
    n = Agency.select().count()
    there = office(f"青溪省学历认证中心 {n}", str(n or ""))
    me = Holder(account, permissions.student(account.key), record)
    draft, item = begun(me, there.agency), filed(me, there.agency)
    kept = files.keep(picture(), materials.PURPOSE, account=account)
    brought = materials.attach(draft.items[0], "certificate", "0" * 64, kept)
    waiting = filing.submit(begun(me, there.agency), me.actor)
    return {
        "agency": there.agency.key,
        "draft_application": draft.key,
        "draft_item": draft.items[0].key,
        "material_slot": brought.slot,
        "material": brought.key,
        "waiting_application": waiting.key,
        "application": item.application.key,
        "application_item": item.key,
    }
