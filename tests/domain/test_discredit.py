"""失信行为名单: two people of an agency list who brought false papers, a third reads the appeal, and it ends by itself."""

import pytest

from tests.certifying import Office, filed
from tests.certifying import office as another_office
from tests.reporting import Holder
from webapp.domain import clock
from webapp.domain.certification import discredit, discredited, steps
from webapp.domain.refused import Refused
from webapp.jobs import discredit as jobs
from webapp.models.certification import ApplicationItem
from webapp.models.discredit import Discredit
from webapp.models.messages import Notice

EVIDENCE = "证书编号和学校的底册不一致，照片是另一个人。"
APPEAL = "证书是学校补发的，编号换过，补发的通知我可以提供。"


@pytest.fixture
def entry(hers: Holder, office: Office) -> Discredit:
    """Proposed by a certifier, and confirmed by nobody yet."""
    return discredit.propose(filed(hers, office.agency), office.actor(), EVIDENCE)


@pytest.mark.req("CRT-40", "CRT-41")
def test_two_people_list_a_holder_until_a_year_is_over(world, entry: Discredit, hers: Holder, office: Office):
    index = hers.account.identity_index
    discredit.check(index)
    discredit.check("")
    listed = discredit.confirm(entry, office.actor("lead"))
    item = ApplicationItem.get()
    assert (item.state, listed.starts) == ("fraud", clock.today())
    assert [step.move for step in steps.of(item)][-2:] == ["want_fraud", "reject"]
    with pytest.raises(Refused, match="discredited") as refused:
        discredit.check(index)
    assert refused.value.facts["until"] == listed.ends
    assert 365 <= (listed.ends - listed.starts).days <= 366
    assert Notice.get(Notice.template == "discredited").account == hers.account
    assert jobs.end_entries(world.worker.outside) == 0
    world.wait(days=366)
    discredit.check(index)
    assert jobs.end_entries(world.worker.outside) == 1
    assert Discredit.get().state == "over"
    assert Notice.select().where(Notice.template == "discredit_over").count() == 1


@pytest.mark.req("CRT-41")
def test_whoever_proposes_does_not_confirm(entry: Discredit, hers: Holder, office: Office):
    for who, code in (("certifier", "not_allowed"), ("other", "not_allowed")):
        with pytest.raises(Refused, match=code):
            discredit.confirm(entry, office.actor(who))
    with pytest.raises(Refused, match="discredit_proposed"):
        discredit.propose(entry.item, office.actor("lead"), EVIDENCE)
    discredit.drop(entry, office.actor("lead"))
    again = discredit.propose(entry.item, office.actor("lead"), EVIDENCE)
    with pytest.raises(Refused, match="second_person"):
        discredit.confirm(again, office.actor("lead"))
    assert ApplicationItem.get().state == "proof"
    discredit.check(hers.account.identity_index)


@pytest.mark.req("CRT-41")
def test_another_agency_and_a_relative_have_no_say(entry: Discredit, hers: Holder, office: Office):
    elsewhere = another_office("碧湖省学历认证中心", "2").actor("lead")
    assert discredited.find(elsewhere, entry.key) is None
    with pytest.raises(Refused, match="not_allowed"):
        discredit.confirm(entry, elsewhere)
    lead = office.lead
    lead.name = hers.account.name
    lead.save()
    for verb in (discredit.confirm, discredit.drop):
        with pytest.raises(Refused, match="own_case"):
            verb(entry, office.actor("lead"))


@pytest.mark.req("CRT-41")
@pytest.mark.parametrize(
    ("verb", "state", "template"), [("lift", "lifted", "discredit_lifted"), ("uphold", "upheld", "discredit_upheld")]
)
def test_a_third_person_reads_the_only_appeal(
    entry: Discredit, hers: Holder, office: Office, verb: str, state: str, template: str
):
    assert discredited.of_holder(hers.account) == []
    discredit.confirm(entry, office.actor("lead"))
    (told,) = discredited.of_holder(hers.account)
    assert told.evidence == EVIDENCE
    with pytest.raises(Refused, match="discredit_text"):
        discredit.appeal(told, hers.actor, "不是")
    appealed = discredit.appeal(told, hers.actor, APPEAL)
    with pytest.raises(Refused, match="discredited"):
        discredit.check(hers.account.identity_index)
    answer = getattr(discredit, verb)
    for who in ("certifier", "lead"):
        with pytest.raises(Refused, match="second_person"):
            answer(appealed, office.actor(who), "底册里确实有补发的记录。")
    answered = answer(appealed, office.actor("other"), "底册里确实有补发的记录。")
    assert (answered.state, answered.answer) == (state, "底册里确实有补发的记录。")
    assert Notice.select().where(Notice.template == template).count() == 1
    with pytest.raises(Refused, match="moved_on"):
        discredit.appeal(answered, hers.actor, APPEAL)
