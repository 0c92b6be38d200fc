"""Words: the catalogue is whole and fresh, both languages keep their rules, and what a school's notice prints is found.

Not here: which sentence stands where; each feature's own tests read their pages.
"""

import io
import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from tests.architecture.source import files, named
from webapp.translations import __main__ as catalogue

PLACE = re.compile(r"%\((\w+)\)[.\d]*[sdf]|\{(\w+)\}")
CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
TERM = re.compile("[（(][\u3400-\u9fff]+[）)]|[\u3400-\u9fff]+ \\([a-z A-Z]+\\)|(?<=column )[\u3400-\u9fff]+")
"""A Chinese term that an English sentence gives beside its own, for who asks at the office or reads a roster's header."""

MONTHS = {"month": "name"}
"""An English date writes the month's name, a Chinese one its number; the callers bring both."""
DROPPED = {"archive"}
"""The archive's Chinese name, which a refusal brings, is left out of an English sentence."""

IMPOLITE = re.compile(r"\b(please|sorry|invalid|oops|illegal|forbidden)\b", re.IGNORECASE)
FLATTERY = re.compile("请(?!假)|抱歉|对不起|非法|无效|您|尊敬|系统繁忙")
APPLY = re.compile("申请")

SEEDS = {
    "请输入11位手机号码，仅支持大陆地区手机号。": ("ACC-01",),
    "手机号码已被注册!": ("ACC-02",),
    "姓名不能为空!": ("ACC-12",),
    "姓名格式有误": ("ACC-13", "ACC-14"),
    "中国大陆地区用户推荐设置居民身份证。": ("ACC-17",),
    "证件号码格式有误": ("ACC-18",),
    "证件号码已被注册": ("ACC-20", "ACC-21"),
    "证件号码重复，请先完成身份核验": ("ACC-22",),
    "请设定一个安全邮箱，忘记密码时可通过此邮箱找回密码。": ("ACC-26",),
    "请牢记您设置的密保问题及答案，以便于您忘记密码时通过此“密保问题、答案”找回密码。": ("ACC-27",),
    "账号注册成功": ("ACC-28", "ACC-29"),
    "以下信息为选填项，忘记密码时可通过手机号找回密码": ("ACC-29",),
    "请使用 %(account)s 进行登录": ("ACC-35",),
    "本系统对1991年以前的毕业生不提供%(archive)s注册与查询业务": ("ACC-51", "BND-07"),
    "您好, %(name)s": ("ACC-59",),
    "当前注册的账号因身份证号重复, 需要验证身份信息, 可通过以下途径验证, 验证通过后即可正常使用。": ("DUP-01",),
    "仅支持.jpg .jpeg .png .gif 的图片格式": ("DUP-08",),
    "图片大小不超过%(most)sK": ("DUP-09",),
    "每天只能上传%(most)s次": ("DUP-10",),
    "累计上传不能超过%(most)s次": ("DUP-11",),
    "%(level)s：后续通知": ("CHK-01",),
    "学历照片暂时不用校对": ("CHK-03",),
    "信息有误": ("CHK-05",),
    "学历电子注册图像校对": ("IMG-01",),
    "请输入在线验证码": ("RPT-07",),
    "有什么问题先搜搜看, 万一有答案呢?": ("MSG-07",),
    "遇到问题搜一搜": ("MSG-07",),
    "人工客服": ("MSG-08",),
    "所有项目必须填写完整": ("CRT-10",),
    "已申请过学历认证": ("CRT-15",),
    "学历已注册上网": ("CRT-15",),
    "无法办理学位认证，请上传毕业证书": ("CRT-19",),
    "请选择受理机构": ("CRT-22",),
    "字数在%(chars)s个中文以内": ("CRT-23",),
    "一个申请单申请的中英文项目份数总计不能超过%(most)s。": ("CRT-24",),
    "提交申请后不允许添加和删除业务": ("CRT-26",),
    "请先完成实人验证": ("CRT-27",),
    "验证通过后，不允许修改信息及申请材料": ("CRT-28",),
    "仅支持 .jpg .jpeg .png 的图片格式": ("RPV-07",),
    "图片大小不超过1MB": ("RPV-07",),
    "图片分辨率最小500*500": ("RPV-07",),
}
"""What a school's notice prints and a student looks for: word for word, the brand's words as the site's own names."""


@pytest.fixture(scope="module")
def kept() -> Catalog:
    """The catalogue as it is committed."""
    return read_po(io.BytesIO(catalogue.PO.read_bytes()), locale="en")


def ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def said(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def pairs(kept: Catalog) -> Iterator[tuple[str, str]]:
    """Each Chinese sentence with its English, plurals apart."""
    for message in kept:
        if message.id:
            yield from zip(ids(message), said(message), strict=True)


def meanings(one: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Sentence → English; whatever the compiler writes beside them."""
    return {ids(message): said(message) for message in one if message.id}


def places(sentence: str) -> set[str]:
    """Where values go."""
    return {named_ or braced for named_, braced in PLACE.findall(sentence)}


@cache
def own_words() -> dict[str, str]:
    """Every Chinese text that a person may read, by where it stands: read once, which takes seconds."""
    texts = files("templates/texts/zh/**/*.html", "templates/messages/*/zh/*.txt")
    sentences = {text: text for message in catalogue.sources() if message.id for text in ids(message)}
    return sentences | {named(path): re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL) for path in texts}


@pytest.mark.req("ACC-63")
def test_the_catalogue_is_whole_and_fresh(kept: Catalog) -> None:
    """After a change: ``python -m webapp.translations``, then write the English that it asks for."""
    updated = catalogue.updated()
    assert catalogue.missing(updated) == []
    assert catalogue.as_po(updated) == catalogue.PO.read_bytes()
    assert meanings(kept) == meanings(read_mo(io.BytesIO(catalogue.MO.read_bytes())))
    assert [message.id for message in kept if message.id and message.fuzzy] == []


@pytest.mark.req("ACC-63")
def test_a_sentence_has_the_same_values_in_both_languages(kept: Catalog) -> None:
    wrong = []
    for chinese, english in pairs(kept):
        wanted, found = places(chinese), places(english)
        wanted = {MONTHS.get(name, name) for name in wanted} if "name" in found else wanted
        if not wanted - DROPPED <= found <= wanted:
            wrong.append((chinese, english))
    assert wrong == []


@pytest.mark.req("ACC-63")
def test_an_english_sentence_holds_chinese_only_as_a_term_beside_its_own(kept: Catalog) -> None:
    assert [english for _, english in pairs(kept) if CHINESE.search(TERM.sub("", english))] == []


def test_english_neither_pleads_nor_scolds(kept: Catalog) -> None:
    assert [english for _, english in pairs(kept) if IMPOLITE.search(english)] == []
    texts = files("templates/texts/en/**/*.html", "templates/messages/*/en/*.txt")
    assert [named(path) for path in texts if IMPOLITE.search(path.read_text())] == []


def test_chinese_neither_pleads_nor_scolds_but_in_the_words_of_the_notices() -> None:
    own = {place: words for place, words in own_words().items() if place not in SEEDS}
    assert [place for place, words in own.items() if FLATTERY.search(APPLY.sub("", words))] == []


def test_no_chinese_stands_outside_the_catalogue() -> None:
    """In a template every sentence, comma and colon goes through gettext; only a language's own name does not."""
    loose = []
    for path in files("templates/**/*.html"):
        if "texts" in path.parts:
            continue
        text = re.sub(r"\{#.*?#\}|\b(_|ngettext)\(\s*((\"[^\"]*\"|'[^']*')(,\s*)?)+", "", path.read_text(), flags=re.DOTALL)
        loose += [(named(path), line) for line in text.splitlines() if CHINESE.search(line.replace("中文", ""))]
    assert loose == []


@pytest.mark.req(*sorted({one for several in SEEDS.values() for one in several}))
@pytest.mark.parametrize("sentence", SEEDS)
def test_what_a_notice_prints_is_found_word_for_word(sentence: str) -> None:
    assert [words for words in own_words().values() if sentence in words]
