"""What the town's students have of money: an application that was paid for by hand, with an invoice that the agency issued,
and an English report that waits for its payment.

Not here: their other applications (`certified_town.py`).
"""

import secrets

from tests.certifying import Office, proved
from tests.reporting import Holder
from webapp.domain import defaults
from webapp.domain.certification import filing
from webapp.domain.payments import by_hand, invoicing
from webapp.domain.permissions import SYSTEM
from webapp.domain.reports import orders
from webapp.domain.reports.issuing import Wish
from webapp.models.certification import ApplicationItem
from webapp.models.photos import Upload
from webapp.models.report_orders import ReportOrder
from webapp.providers.files import Files


def of_money(me: Holder, there: Office, files: Files) -> dict[str, str]:
    """Keys of the application, its line, the payment, the invoice, and the report's order."""
    application = filing.confirm(proved(me, there.agency, en=1), me.actor)
    noted = by_hand.mark(application, there.actor(), f"收据 {secrets.token_hex(4)}")
    payment = by_hand.vouch(noted, there.actor("other"))
    item = ApplicationItem.get(ApplicationItem.application == application)
    asked = invoicing.ask(item, me.actor, "person", "个人", "", "lin@example.edu.cn", "13800001234")
    issued = invoicing.issue(asked, there.actor(), "26110105000000000001", _file(files))
    return {
        "paid_application": application.key,
        "paid_line": item.key,
        "payment": payment.key,
        "order": payment.number,
        "invoice": issued.key,
        "report_order": _ordered(me).key,
    }


def _ordered(me: Holder) -> ReportOrder:
    """At a price that holds for this order alone: everything else of the town costs nothing."""
    defaults.change("rpt.english_fee", 3_000, SYSTEM)
    order = orders.ask(me.account, me.actor, me.record, Wish("en"), "LIN Xiaoxi", 3_000)
    defaults.change("rpt.english_fee", 0, SYSTEM)
    return order


def _file(files: Files) -> Upload:
    return files.stored(b"%PDF-1.7 made up", "invoice", state="clean", media="application/pdf")
