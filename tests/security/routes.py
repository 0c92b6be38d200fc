"""Every route of the site with addresses of things that are one's own, others', another school's, and nobody's.

Generated from the URL map: a new route is part of every walk as soon as it is mounted.
"""

from collections.abc import Iterator
from typing import NamedTuple

from flask import Flask
from werkzeug.routing import Rule

from tests.security.town import Town

WHAT = {
    "records": {"key": "record"},
    "checks": {"key": "record"},
    "photos": {"key": "record"},
    "papers": {"key": "paper"},
    "reports": {"key": "online_report", "record": "record"},
    "reports.open_for": {"key": "expired_report", "asked": "open_request"},
    "reports.decline": {"key": "expired_report", "asked": "open_request"},
    "reports.reopen": {"key": "closed_report"},
    "verify": {"code": "report_code", "token": "report_token", "key": "open_request"},
    "receipts": {"code": "receipt_code"},
    "receipts.ask": {"code": "report_code"},
    "receipts.issue": {"code": "report_code"},
    "api": {"code": "report_code"},
    "staff_organisations": {"key": "organisation"},
    "staff_verify": {"key": "code_list"},
    "staff_verify.look": {"key": "member_look"},
    "staff_verify.revoke_key": {"key": "api_key"},
    "home": {"key": "campaign"},
    "accounts": {"key": "login", "token": "email"},
    "recovery": {"token": "recovery_link"},
    "recovery.stop": {"token": "recovery_stop"},
    "recovery.stop_it": {"token": "recovery_stop"},
    "messages": {"key": "notice"},
    "tickets": {"key": "ticket", "token": "ticket_link"},
    "staff_tickets": {"key": "ticket", "file": "ticket_file"},
    "staff_review": {"key": "claim"},
    "staff_review.archive": {"key": "archive"},
    "staff_review.restore": {"key": "archive"},
    "staff_review.let_claim_again": {"key": "archive"},
    "duplicates.used": {"key": "claim"},
    "duplicates": {"key": "vouch", "token": "claim_link"},
    "accounts.stop": {"token": "stop"},
    "accounts.stop_change": {"token": "stop"},
    "signup": {"token": "signup"},
    "staff_in_person": {"key": "meeting"},
    "staff_slips": {"key": "class", "printing": "printing"},
    "staff_slips.college": {"key": "college"},
    "staff": {"token": "invite"},
    "staff_agencies": {"key": "agency", "staff": "agency_staff", "price": "price", "kid": "agency_key"},
    "staff_discredit": {"key": "discredit", "item": "application_item", "file": "discredit_file"},
    "discredit": {"key": "discredit"},
    "staff_users": {"key": "staff", "grant": "grant"},
    "staff_counsellors": {"key": "class"},
    "staff_province": {"key": "unit"},
    "staff_records": {"key": "record"},
    "staff_enrolment": {"key": "record"},
    "staff_enrolment.year_class": {"key": "class"},
    "staff_enrolment.register_some": {"key": "class"},
    "staff_enrolment.register_rest": {"key": "class"},
    "staff_enrolment.withdraw_move": {"key": "alteration"},
    "staff_enrolment.recall": {"key": "asked"},
    "staff_enrolment.case": {"key": "approval"},
    "staff_enrolment.decide_case": {"key": "approval"},
    "staff_enrolment.admission": {"key": "admission"},
    "staff_enrolment.explain": {"key": "admission"},
    "staff_enrolment.drop_name": {"key": "school_name"},
    "staff_graduation": {"key": "graduation"},
    "staff_graduation.person": {"key": "graduate"},
    "staff_graduation.change": {"key": "graduate"},
    "staff_graduation.remove": {"key": "unlisted"},
    "staff_graduation.take_back": {"key": "graduate"},
    "staff_approvals": {"key": "approval"},
    "staff_papers": {"key": "staff_paper"},
    "staff_campaigns": {"key": "campaign"},
    "staff_documents": {"key": "campaign"},
    "staff_rehearsal": {"key": "campaign"},
    "staff_imports": {"key": "batch"},
    "staff_photos": {"key": "graduation_photo"},
    "staff_certification": {"key": "checked_item", "file": "checked_material", "letter": "letter"},
    "staff_checking_requests": {"key": "checking"},
    "corrections": {"key": "draft", "record": "record", "file": "draft_paper"},
    "corrections.status": {"key": "correction"},
    "corrections.withdraw": {"key": "correction"},
    "corrections.history": {"key": "record"},
    "staff_corrections": {"key": "correction", "file": "evidence", "unit": "unit"},
    "staff_reports": {"key": "report", "file": "file"},
    "staff_reports.no_record_note": {"key": "note"},
    "staff_reports.answer_note": {"key": "note"},
    "staff_progress.college": {"key": "college"},
    "staff_progress.klass": {"key": "class"},
    "staff_progress.sheet": {"key": "class"},
    "staff_progress.make_sheet": {"key": "class"},
    "staff_progress.student": {"key": "record"},
    "staff_progress.phone": {"key": "record"},
    "transfers": {"key": "transfer", "transcript": "transcript", "course": "course", "picture": "transcript_page"},
    "transfers.transcript_pdf": {"transcript": "confirmed_transcript"},
    "applying": {"key": "draft_application", "item": "draft_item", "kind": "certificate_kind"},
    "applying.drop_certificate": {"key": "left_application", "item": "left_item"},
    "materials": {"key": "draft_application", "item": "draft_item", "slot": "material_slot", "file": "material"},
    "applications": {"key": "refused_application", "item": "refused_item", "picture": "refused_material"},
    "applications.cancel": {"key": "application"},
    "applications.report": {"key": "certified_application", "item": "certified_item"},
    "certified": {"token": "certified_token"},
    "received": {"token": "transfer_link", "item": "transfer_item"},
    "received.transcript": {"token": "transcript_token"},
    "outbox": {"number": "order"},
    "payments": {"key": "paid_application", "invoice": "invoice"},
    **dict.fromkeys(
        ("payments.pay_report", "payments.choose_way_report", "payments.look_report", "payments.waiting_report"),
        {"key": "report_order"},
    ),
    "payments.invoice": {"key": "paid_line"},
    "payments.ask_invoice": {"key": "paid_line"},
    "payments.invoice_pdf": {"key": "paid_line", "invoice": "invoice"},
    "staff_payments.refuse": {"key": "report_order"},
    "staff_payments": {"key": "paid_application", "payment": "payment", "invoice": "invoice"},
    "staff_transcripts": {"key": "transcript", "picture": "transcript_page"},
    "staff_receivers": {"institution": "institution"},
    "liveness": {"key": "waiting_application", "token": "handoff"},
    "staff_person_checks": {"key": "person_check"},
    "news": {"key": "news", "file": "news_file"},
    "staff_news": {"key": "news", "file": "news_file"},
    "staff_news.detach": {"key": "news", "file": "nobodys_file"},
    "captcha": {"name": "captcha"},
}
"""What the keys in an address name, by blueprint or endpoint."""

CHOICES = {
    "what": "new",
    "move": "same",
    "step": "close",
    "group": "wrong",
    "topic": "records",
    "text": "terms",
    "document": "notice",
    "category": "records",
    "subject": "account",
    "slug": "sms",
    "slot": "card_front",
    "kind": "id_card",
    "field": "name",
    "way": "overseas",
    "ticket": "nobody-signed-this",
    "glyph": "nobodys-character",
    "glyphs": "nobodys-character",
    "code": "00000000",
    "change": "identity",
    "setting": "chk.complete_on",
    "page": "reports",
    "work": "check",
    "answer": "agree",
    "channel": "mail",
    "name": "discredited",
    "prompt": "front",
}
"""Parts of an address that are words, not keys."""

NOBODYS = "AAAAAAAAAAAAAAAAAAAAAA"
"""A key that no row has."""


class Knock(NamedTuple):
    """One request: the endpoint, the method, whose thing the address names ("-": nobody's in particular), the address."""

    endpoint: str
    method: str
    whose: str
    path: str


def rules(app: Flask) -> list[Rule]:
    """The site's rules, files aside, in a fixed order."""
    return sorted((rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"), key=lambda rule: rule.endpoint)


def methods(rule: Rule) -> list[str]:
    return sorted(rule.methods - {"HEAD", "OPTIONS"})


def knocks(town: Town) -> Iterator[Knock]:
    """Every route × method × thing; where two keys stand in an address, also the one's with the other's (mixed)."""
    for rule in rules(town.app):
        keyed = _keyed(rule)
        for whose in ("near", "beside", "far", "nobody", *["mixed"][: len(keyed) - 1]) if keyed else ("-",):
            for method in methods(rule):
                yield Knock(rule.endpoint, method, whose, _path(town, rule, keyed, whose))


def _keyed(rule: Rule) -> dict[str, str]:
    """The arguments of a rule that are keys: name → kind of thing."""
    known = WHAT.get(rule.endpoint) or WHAT.get(rule.endpoint.partition(".")[0], {})
    named = sorted(rule.arguments - (set(CHOICES) - set(known)), key=rule.rule.index)
    assert not set(named) - set(known), f"{rule.endpoint}: say in tests/security/routes.py what {named} name"
    return {name: known[name] for name in named}


def _path(town: Town, rule: Rule, keyed: dict[str, str], whose: str) -> str:
    values = {name: word for name, word in CHOICES.items() if name in rule.arguments}
    for n, (name, kind) in enumerate(keyed.items()):
        owner = ("near" if n == 0 else "beside") if whose == "mixed" else whose
        values[name] = town.things.get(owner, {}).get(kind, NOBODYS)
    adapter = town.app.url_map.bind("localhost")
    return adapter.build(rule.endpoint, values)
