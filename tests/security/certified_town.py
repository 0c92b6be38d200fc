"""What the town's students have of 学历认证: an application that was not handed in, one that waits for the holder, and an item
that an agency has. The first agency's certifier is one of those who knock; the others' are as far away as another school.

Not here: who they are (`town.py`). Called once for each student.
"""

from tests.certifying import Office, begun, certified, filed, held, office, refused
from tests.correcting import picture
from tests.reporting import Holder
from tests.security.paid_town import of_money
from webapp.domain import clock, news, permissions, signing
from webapp.domain.certification import checking, deciding, discredit, filing, materials, pricing
from webapp.domain.liveness import asking, handing, photos
from webapp.models.accounts import Account
from webapp.models.certification import Agency, Material
from webapp.models.checking import Checking
from webapp.models.discredit import Discredit
from webapp.models.liveness import PersonCheck
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.providers.files import Files


def of_applications(record: Record, account: Account, files: Files) -> dict[str, str]:
    """Keys of the agency and what is its, of an application in each of three states, of the items of the first and the last."""
    n = Agency.select().count()
    there = office(f"青溪省学历认证中心 {n}", str(n or ""))
    me = Holder(account, permissions.student(account.key), record)
    draft, left, item = begun(me, there.agency), begun(me, there.agency), filed(me, there.agency)
    kept = files.keep(picture(), materials.PURPOSE, account=account)
    brought = materials.attach(draft.items[0], "certificate", "0" * 64, kept)
    waiting = filing.submit(begun(me, there.agency), me.actor)
    entry, brought_for_it = _was_listed(me, there, kept)
    return {
        "agency": there.agency.key,
        "agency_staff": there.other.key,
        "agency_key": signing.rotate(there.agency).kid,
        "price": pricing.begin(there.actor("lead"), there.agency, "", "degree", "en", 12_000, clock.today()).key,
        "discredit": entry.key,
        "discredit_file": brought_for_it.key,
        "draft_application": draft.key,
        "certificate_kind": "degree",
        "draft_item": draft.items[0].key,
        "left_application": left.key,
        "left_item": left.items[0].key,
        "material_slot": brought.slot,
        "material": brought.key,
        "waiting_application": waiting.key,
        "handoff": handing.send(asking.begin(waiting), "13800009999").token,
        "person_check": _was_photographed(me, there, files).key,
        "application": item.application.key,
        "application_item": item.key,
        **_was_decided(me, there, files),
        **_was_checked(me, there, record, files),
        **of_money(me, there, files),
        **_of_news(record, files),
    }


def _was_decided(me: Holder, there: Office, files: Files) -> dict[str, str]:
    """A refusal with a new picture for 申请复议, and a report that was issued."""
    upload = files.keep(picture(), materials.PURPOSE, state="clean", account=me.account)
    no, yes = refused(me, there), certified(me, there)
    brought = materials.attach(no, "other", "2" * 64, upload)
    yes.pdf, yes.upload = "ready", files.keep(b"%PDF-", "certification", state="clean", media="application/pdf")
    yes.save()
    return {
        "refused_application": no.application.key,
        "refused_item": no.key,
        "refused_material": brought.key,
        "certified_application": yes.application.key,
        "certified_item": yes.key,
        "certified_token": yes.token,
    }


def _was_checked(me: Holder, there: Office, record: Record, files: Files) -> dict[str, str]:
    """A question to the student's school, and a letter to one outside about an item that the certifier has in hand."""
    asked, written = (deciding.accept(held(filed(me, there.agency), there), there.actor()) for _ in range(2))
    question = Checking(item=asked, agency=there.agency, way="school", unit=record.unit, name=record.unit.name)
    question.asked = question.due = clock.now()
    question.staff, question.question = there.certifier, "证书编号和毕业日期"
    question.save(force_insert=True)
    letter = checking.write(written, there.actor(), "有没有这张证书", "北岭工学院", "北岭市 3 号")
    upload = files.keep(picture(), materials.PURPOSE, state="clean", account=me.account)
    brought = Material.create(item=written, slot="certificate", place=1, upload=upload, digest="3" * 64, added=clock.now())
    return {"checking": question.key, "letter": letter.key, "checked_item": written.key, "checked_material": brought.key}


def _was_listed(me: Holder, there: Office, kept: Upload) -> tuple[Discredit, Material]:
    """An entry of 失信行为名单 that is over, so that its holder may apply, with a picture of what was brought."""
    item = filed(me, there.agency)
    brought = Material.create(item=item, slot="certificate", place=1, upload=kept, digest="1" * 64, added=clock.now())
    proposed = discredit.propose(item, there.actor(), "证书编号和学校的底册不一致。")
    listed = discredit.confirm(proposed, there.actor("lead"))
    Discredit.update(state="over", ends=clock.today()).where(Discredit.id == listed.id).execute()
    return listed, brought


def _was_photographed(me: Holder, there: Office, files: Files) -> PersonCheck:
    """A photo with the document that waits for somebody to look at it."""
    check = asking.begin(filing.submit(begun(me, there.agency), me.actor))
    photos.bring(check, files.keep(picture(), "holder_photo", state="clean", account=me.account), me.actor)
    return photos.looked(PersonCheck.get_by_id(check.id))


def _of_news(record: Record, files: Files) -> dict[str, str]:
    """What the student's school tells everybody, with a file."""
    told = news.Text("notice", "图书馆寒假开放时间", "见附件。", clock.today())
    one = news.write(permissions.SYSTEM, news.Publisher(unit=record.unit), told)
    file = files.keep(b"%PDF-1.7 nothing in it", "news_file", state="clean", media="application/pdf")
    kept = news.attach(permissions.SYSTEM, one, file, "开放时间.pdf")
    news.NEWS.move(one, "publish", permissions.SYSTEM)
    return {"news": one.key, "news_file": kept.key}
