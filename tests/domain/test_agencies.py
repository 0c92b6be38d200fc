"""Keeping agencies: their people, their prices with dates, and what they worked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.certifying import Office, filed
from tests.certifying import office as another_office
from tests.members import keeper
from tests.people import School
from tests.reporting import Holder
from webapp.domain import clock, sessions
from webapp.domain.certification import agencies, figures, keeping, prices, pricing, steps
from webapp.domain.certification.keeping import Told
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.certification import Agency, ApplicationItem, Price
from webapp.models.staff import Staff

TOLD = Told("碧湖省学历认证中心", "", "碧湖认证", "碧湖市环湖路 2 号", "0556-000 2222", "", ("33",), ("degree", "grades"))


@pytest.mark.req("CRT-48")
def test_an_agency_takes_what_was_said_of_it(office: Office):
    boss = sessions.staff_actor(keeper())
    made = keeping.add(boss, TOLD)
    assert made in agencies.takers(("degree", "grades"), "33")
    assert made not in agencies.takers(("degree",), "11")
    keeping.change(boss, made, replace(TOLD, active=False))
    assert agencies.takers(("degree",), "33") == [office.agency]
    for wrong, code in (
        (replace(TOLD, name=" "), "agency_empty"),
        (replace(TOLD, short="长" * 13), "agency_long"),
        (replace(TOLD, kinds=()), "agency_kinds"),
        (replace(TOLD, kinds=("school_grades",)), "agency_kinds"),
        (replace(TOLD, provinces=("99",)), "agency_province"),
    ):
        with pytest.raises(Refused, match=code):
            keeping.add(boss, wrong)


@pytest.mark.req("CRT-48")
def test_a_lead_keeps_the_own_contact_and_certifiers_and_nothing_else(office: Office):
    lead, elsewhere = office.actor("lead"), another_office("碧湖省学历认证中心", "2")
    assert keeping.listed(lead) == [office.agency]
    assert keeping.set_contact(lead, office.agency, "学府路 3 号", "0555-000 3333", "").address == "学府路 3 号"
    made, token = keeping.invite(lead, office.agency, "A", "xin", "辛认证", "xin@example.edu.cn")
    assert token
    assert agencies.of(made) == office.agency
    assert sessions.staff_actor(made).may(Can.CERTIFY)
    keeping.end(lead, office.agency, made)
    assert not sessions.staff_actor(Staff.get_by_id(made.id)).may(Can.CERTIFY)
    for verb, code in (
        (lambda: keeping.invite(lead, office.agency, "AL", "er", "第二主管", "er@example.edu.cn"), "not_yours"),
        (lambda: keeping.invite(lead, elsewhere.agency, "A", "er", "二认证", "er@example.edu.cn"), "not_allowed"),
        (lambda: keeping.end(lead, elsewhere.agency, elsewhere.certifier), "not_allowed"),
        (lambda: keeping.end(lead, office.agency, office.lead), "own_account"),
        (lambda: keeping.end(lead, office.agency, made), "moved_on"),
        (lambda: keeping.change(lead, office.agency, TOLD), "not_allowed"),
        (lambda: keeping.set_contact(office.actor(), office.agency, "x", "y", ""), "not_allowed"),
        (lambda: pricing.begin(lead, None, "", "degree", "zh", 1, clock.today()), "not_allowed"),
        (lambda: pricing.begin(lead, elsewhere.agency, "", "degree", "zh", 1, clock.today()), "not_allowed"),
    ):
        with pytest.raises(Refused, match=code):
            verb()


@pytest.mark.req("PAY-09")
def test_a_price_begins_on_its_day_and_the_one_before_ends_there(office: Office):
    lead, agency, today = office.actor("lead"), office.agency, clock.today()
    tomorrow, later = today + timedelta(days=1), today + timedelta(days=30)
    first = pricing.begin(lead, agency, "", "grades", "zh", 12_000, today)
    pricing.begin(lead, agency, "", "grades", "zh", 13_000, later)
    told = [prices.of("work", "grades", "zh", agency, day) for day in (today, later - timedelta(days=1), later)]
    assert told == [12_000, 12_000, 13_000]
    with pytest.raises(Refused, match="price_later"):
        pricing.begin(lead, agency, "", "grades", "zh", 1, tomorrow)
    with pytest.raises(Refused, match="price_past"):
        pricing.begin(lead, agency, "", "grades", "zh", 1, today - timedelta(days=1))
    pricing.close(lead, pricing.listed(agency)[0])
    assert prices.of("work", "grades", "zh", agency, later) == 15_000
    assert Price.get_by_id(first.id).ends == later
    pricing.close(lead, first)
    assert prices.of("work", "grades", "zh", agency, today) == 12_000
    assert prices.of("work", "grades", "zh", agency, tomorrow) == 15_000
    with pytest.raises(Refused, match="moved_on"):
        pricing.close(lead, first)


@pytest.mark.req("CRT-48")
def test_an_agency_counts_its_own_items_alone(hers: Holder, office: Office, school: School):
    assert figures.of(office.agency).total == 0
    item, _other = filed(hers, office.agency), filed(hers, office.agency, kind="degree")
    filed(hers, another_office("碧湖省学历认证中心", "2").agency)
    at = clock.now()
    ApplicationItem.update(accepted=at - timedelta(days=7), decided=at, state="issued").where(
        ApplicationItem.id == item.id
    ).execute()
    steps.add(item, "ask", office.actor())
    steps.add(item, "ask", office.actor())
    told = figures.of(office.agency)
    assert (told.total, told.states["issued"], told.kinds["degree"], told.supplements) == (2, 1, 2, 50)
    assert told.workdays == 5
    assert list(told.months.values())[0] == 2
    assert len(told.months) == 12
    assert Agency.select().count() == 2
