"""The screens of the desk: the queue, a case, what is wrong with a decision, a case in other hands, archived accounts."""

from collections.abc import Iterator

from tests.browser.guide import Guide, Shot
from tests.browser.site import until
from tests.browser.visitor import DESK
from webapp.domain import clock
from webapp.domain.duplicates import review
from webapp.domain.sessions import staff_actor
from webapp.models.accounts import Account
from webapp.models.duplicates import Archive, Claim, Party


def review_desk(guide: Guide) -> Iterator[Shot]:
    until(lambda: Claim.select().where(Claim.state == "waiting").count() >= 1)
    tao = guide.open(guide.staff("kefu"), DESK)
    yield "review", tao.visit("/staff/review")
    tao.press("审下一件").page.wait_for_load_state("networkidle")
    yield "review-case", tao
    yield "review-case-errors", tao.press("通过")
    claim = Claim.get(Claim.holder == guide.staff("kefu"))
    shen = guide.open(guide.staff("kefu2"), DESK)
    yield "review-case-held", shen.visit(f"/staff/review/{claim.key}")
    tao.tick("字看不清")
    yield "review-decided", tao.press("退回")
    yield from _archives(guide)
    yield from _alleged(guide)


def _archives(guide: Guide) -> Iterator[Shot]:
    claim = Claim.select().order_by(Claim.id).first()
    gone = Account.select().where(Account.state == "archived").first() or Party.get(Party.claim == claim).account
    archive = Archive.create(account=gone, claim=claim, why="duplicate", at=clock.now())
    tao = guide.open(guide.staff("kefu"), DESK)
    yield "review-archives", tao.visit("/staff/review/archives")
    yield "review-archive", tao.visit(f"/staff/review/archives/{archive.key}")
    archive.delete_instance()


def _alleged(guide: Guide) -> Iterator[Shot]:
    claim = Claim.select().where(Claim.state == "waiting").first()
    if claim is None:
        return
    tao = staff_actor(guide.staff("kefu"))
    review.allege(review.take(claim, tao), tao, "两张照片不是同一个人")
    shen = guide.open(guide.staff("kefu2"), DESK)
    yield "review-alleged", shen.visit(f"/staff/review/{claim.key}")
    review.close_alleged(Claim.get_by_id(claim.id), staff_actor(guide.staff("kefu2")), "clear")


TOURS = (review_desk,)
