"""A student who has registered, with an own record to issue reports of."""

from dataclasses import dataclass

from tests.people import School, make_account
from webapp.domain import records
from webapp.domain.permissions import Actor, student
from webapp.domain.reports import issuing
from webapp.domain.reports.issuing import Wish
from webapp.models.accounts import Account
from webapp.models.records import Record
from webapp.models.reports import OnlineReport


@dataclass(frozen=True)
class Holder:
    """权属人: the account, who acts for it, and its 学籍."""

    account: Account
    actor: Actor
    record: Record

    def issue(self, **wish: object) -> OnlineReport:
        return issuing.issue(self.account, self.actor, Record.get_by_id(self.record.id), Wish(**wish))


def holder(school: School, name: str = "林晓溪", phone: str = "13800000001") -> Holder:
    account = make_account(school.record(name), phone)
    (record,) = records.bind(account)
    return Holder(account, student(account.key), record)
