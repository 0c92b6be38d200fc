"""What a tour of the screens needs to know of the demo's school: who is there, and a browser for each of them."""

from collections.abc import Callable, Iterator

from tests.browser.site import Site
from tests.browser.visitor import PHONE, Visitor
from webapp.cli.demo import make
from webapp.cli.demo.tour import Newcomer, tour
from webapp.models.accounts import Account
from webapp.models.checks import Check
from webapp.models.records import Record
from webapp.models.school import Campaign, Unit
from webapp.models.staff import Staff
from webapp.settings import Settings

STUDENTS = 300


def furnish(settings: Settings) -> None:
    """Lay the demo's school down."""
    make.everything(settings, 1, STUDENTS)


class Guide:
    """Shows the demo's school in one language."""

    def __init__(self, site: Site, language: str) -> None:
        self.site, self.language = site, language
        self.unit = Unit.get()
        self.campaign = Campaign.get()

    def open(self, owner: Account | Staff | None = None, size: dict[str, int] = PHONE) -> Visitor:
        """A browser, logged in as `owner` who reads the language of this tour."""
        if owner is not None:
            owner.language = self.language
            owner.save()
        return self.site.visitor(owner, language=self.language, size=size)

    def staff(self, login: str) -> Staff:
        return Staff.get(Staff.login == login)

    def newcomer(self) -> Newcomer:
        """Somebody in the roster who is not registered."""
        return tour(self.site.url, self.site.settings.data_dir).unregistered

    def record(self, state: str) -> Record:
        """A record whose self-check is in this state and whose holder has an account, the first one."""
        return self._bound().where(Check.state == state).order_by(Record.id).first()

    def several(self, state: str, many: int) -> list[Record]:
        return list(self._bound().where(Check.state == state).order_by(Record.id.desc()).limit(many))

    def _bound(self) -> Iterator[Record]:
        return Record.select(Record, Account).join(Account).switch(Record).join(Check)

    def graduate(self) -> tuple[Record, Account]:
        """A qualification that binds by itself once its holder, who is registered, opens the list."""
        here = Record.identity_index.in_(Account.select(Account.identity_index))
        found = Record.select().where((Record.kind == "qualification") & here).first()
        return found, Account.get(Account.identity_index == found.identity_index)

    def stuck(self) -> Account:
        """Somebody who is registered and whom no record was found for."""
        bound = Record.select(Record.account).where(Record.account.is_null(False))
        return Account.select().where(Account.id.not_in(bound)).first()


Shot = tuple[str, Visitor]
"""A screen's name and the browser that shows it."""

Tour = Callable[[Guide], Iterator[Shot]]
