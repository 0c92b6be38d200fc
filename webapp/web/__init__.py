"""BROWSERS: the only layer that knows Flask. `register` lists every blueprint, in the order of the tour."""

from importlib import import_module
from typing import NamedTuple

from flask import Flask, current_app, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from webapp.domain import defaults
from webapp.domain.permissions import Can

FEATURES = (
    "home",
    "language_choice",
    "glyphs",
    "records.pages",
    "checks.pages",
    "photos.pages",
    "surveys",
    "assessment",
    "corrections.pages",
    "materials.pages",
    "applying.pages",
    "liveness.pages",
    "reports.pages",
    "verify.pages",
    "verify.receipts",
    "verify.organisations",
    "verify.api",
    "papers",
    "duplicates.pages",
    "in_person",
    "captcha",
    "accounts.registration",
    "accounts.slip",
    "accounts.at_desk",
    "accounts.signup_pages",
    "accounts.pages",
    "recovery.pages",
    "messages.pages",
    "tickets.pages",
    "help.pages",
    "news.pages",
    "transfers.pages",
    "transfers.receiver",
    "applications.pages",
    "applications.certified",
    "payments.pages",
    "discredit",
    "outbox",
    "staff.pages",
    "staff.users",
    "staff.counsellors",
    "staff.settings",
    "staff.exports",
    "staff.province",
    "staff.imports.pages",
    "staff.photos.pages",
    "staff.photo_errors",
    "staff.progress.pages",
    "staff.review.pages",
    "staff.person_checks",
    "staff.reports",
    "staff.corrections.pages",
    "staff.records",
    "staff.enrolment.pages",
    "staff.enrolment.province",
    "staff.graduation.pages",
    "staff.campaigns",
    "staff.documents",
    "staff.rehearsal",
    "staff.tickets.pages",
    "staff.transfers.transcripts",
    "staff.transfers.receivers",
    "staff.messages",
    "staff.in_person",
    "staff.slips",
    "staff.surveys",
    "staff.reservations",
    "staff.organisations",
    "staff.payments.pages",
    "staff.checking.pages",
    "staff.papers",
    "staff.certification.pages",
    "staff.checking_requests",
    "staff.translations",
    "staff.agencies.pages",
    "staff.discredit",
    "staff.texts",
    "staff.news",
    "staff.official",
)
"""Packages and modules of this folder with a blueprint `bp`, students' first. They never share one."""

NAV = (
    ("staff.home", _l("待办"), Can.STAFF_HOME),
    ("staff_progress.index", _l("自查进度"), Can.PROGRESS),
    ("staff_reports.index", _l("学生反馈"), Can.REPORTS),
    ("staff_review.index", _l("照片审核"), Can.SECOND),
    ("staff_person_checks.index", _l("手持证件照"), Can.PERSONS),
    ("staff_corrections.index", _l("更正审核"), Can.CORRECTIONS),
    ("staff_certification.queue", _l("学历认证"), Can.CERTIFY),
    ("staff_checking_requests.index", _l("证书核查"), Can.VOUCH_FOR),
    ("staff_tickets.index", _l("咨询"), Can.SUPPORT),
    ("staff_transcripts.index", _l("成绩单"), Can.TRANSCRIPTS),
    ("staff_receivers.index", _l("接收机构"), Can.RECEIVERS),
    ("staff_records.index", _l("学籍"), Can.RECORDS),
    ("staff_enrolment.index", _l("学籍注册"), Can.ENROL),
    ("staff_graduation.index", _l("学历注册"), Can.ENROL),
    ("staff_approvals.index", _l("省级审核"), Can.DECIDE),
    ("staff_imports.index", _l("名册导入"), Can.IMPORT),
    ("staff_photos.index", _l("学历照片"), Can.PHOTOS),
    ("staff_photo_errors.index", _l("照片有误"), Can.COLLECT),
    ("staff_translations.index", _l("英文名称"), Can.ENROL),
    ("staff_campaigns.index", _l("自查安排"), Can.CAMPAIGNS),
    ("staff_in_person.index", _l("当面核验"), Can.SECOND),
    ("staff_slips.index", _l("注册码纸条"), Can.SLIPS),
    ("staff_phones.index", _l("手机号保留"), Can.SUPPORT),
    ("staff_surveys.index", _l("学校满意度"), Can.CAMPAIGNS),
    ("staff_province.index", _l("各校进度"), Can.SUPERVISE),
    ("staff_news.index", _l("公告"), Can.NEWS),
    ("staff_discredit.index", _l("失信名单"), Can.CERTIFY),
    ("staff_users.index", _l("人员"), Can.USERS),
    ("staff_counsellors.index", _l("辅导员"), Can.USERS),
    ("staff_exports.index", _l("导出记录"), Can.EXPORT_LOG),
    ("staff_organisations.index", _l("会员单位"), Can.ORGANISATIONS),
    ("staff_agencies.index", _l("受理机构"), Can.OWN_AGENCY),
    ("staff_settings.index", _l("设置"), Can.RULES),
    ("staff_texts.index", _l("消息模板"), Can.SETTINGS),
    ("staff.audit", _l("操作记录"), Can.AUDIT),
    ("staff_payments.index", _l("收款和发票"), Can.CASH),
    ("staff_verify.index", _l("查验报告"), Can.VERIFY),
)
"""The staff's pages: (endpoint, words, ability). One whose feature is not mounted is not shown."""

OF_THE_SITE = (Can.ORGANISATIONS, Can.OWN_AGENCY)
"""Pages of what belongs to no school: one administrator among several has nothing there."""

SWITCHED = {
    "staff_surveys.index": ("mod.satisfaction", None),
    "staff_payments.index": ("rpt.english_fee", Can.CERTIFY),
}
"""Pages that are shown only while their setting is on, or to who has the ability beside it."""

GROUPS = (
    (_l("自查"), ("staff_progress", "staff_reports", "staff_campaigns", "staff_surveys")),
    (
        _l("学籍"),
        (
            "staff_records",
            "staff_enrolment",
            "staff_imports",
            "staff_photos",
            "staff_graduation",
            "staff_photo_errors",
            "staff_translations",
            "staff_checking_requests",
        ),
    ),
    (_l("发到境外"), ("staff_transcripts", "staff_receivers")),
    (_l("身份"), ("staff_review", "staff_person_checks", "staff_in_person", "staff_slips", "staff_phones")),
    (
        _l("管理"),
        (
            "staff_news",
            "staff_users",
            "staff_counsellors",
            "staff_settings",
            "staff_exports",
            "staff_organisations",
            "staff_agencies",
            "staff_texts",
        ),
    ),
)
"""Features that share a tab, by blueprint, so that the tabs stay few; others have one of their own."""


def register(app: Flask) -> None:
    """Mount every feature."""
    for feature in FEATURES:
        app.register_blueprint(import_module(f"webapp.web.{feature}").bp)


def links(staff: bool) -> dict[str, str]:
    """Addresses that the page round every screen shows; one whose feature is not mounted is missing."""
    wanted = {
        "home": "staff.home" if staff else "home.home",
        "help": "help.index",
        "news": "news.index",
        "login": "staff.login" if staff else "accounts.login",
        "logout": "staff.logout" if staff else "accounts.logout",
        "me": "staff.me" if staff else "accounts.me",
        "menu": "staff.home" if staff else "home.menu",
        "log": "accounts.log",
        "notices": "accounts.notices",
        "messages": "messages.index",
        "ask": "tickets.index",
        "records": "records.index",
        "register": "register.start",
        "recover": "recovery.who",
        "username": "recovery.username",
        "language": "language.choose",
        "privacy": "home.privacy",
        "accessibility": "home.accessibility",
    }
    if current_app.config["SETTINGS"].demo:
        wanted["outbox"] = "outbox.lines"
    return {name: url_for(endpoint) for name, endpoint in wanted.items() if endpoint in current_app.view_functions}


class Tab(NamedTuple):
    """A tab of the workbench: its words, where it leads, is it the current one, and the pages that share it."""

    words: str
    url: str
    current: bool
    pages: tuple["Tab", ...] = ()


def staff_nav() -> list[Tab]:
    """The tabs that this member of staff may open; a group of which only one page is open is that page."""
    if not current_user.is_authenticated or current_user.kind != "staff":
        return []
    grouped: dict[str, list[Tab]] = {}
    guest = current_user.actor.may(Can.VERIFY)
    for endpoint, words, ability in NAV:
        if endpoint == "staff.home" and guest:
            continue  # nothing waits for a member of an organisation
        if ability in OF_THE_SITE and not (current_user.actor.gives("E", None) or current_user.actor.may(Can.LEAD)):
            continue  # they belong to no school
        if current_user.actor.may(ability) and _is_there(endpoint):
            feature = endpoint.partition(".")[0]
            group = next((str(named) for named, features in GROUPS if feature in features), endpoint)
            grouped.setdefault(group, []).append(Tab(str(words), url_for(endpoint), _is_here(endpoint)))
    return [_tab(group, tuple(pages)) for group, pages in grouped.items()]


def _is_there(endpoint: str) -> bool:
    if endpoint not in current_app.view_functions:
        return False
    switch, besides = SWITCHED.get(endpoint, (None, None))
    return switch is None or current_user.actor.may(besides) or bool(defaults.value(switch))


def _tab(words: str, pages: tuple[Tab, ...]) -> Tab:
    if len(pages) == 1:
        return pages[0]
    return Tab(words, pages[0].url, any(page.current for page in pages), pages)


def _is_here(endpoint: str) -> bool:
    """A feature's tab stands for all its pages; those of the blueprint `staff` stand for themselves."""
    blueprint = endpoint.partition(".")[0]
    return request.endpoint == endpoint if blueprint == "staff" else request.blueprint == blueprint
