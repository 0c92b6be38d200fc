"""Which answers fit what somebody typed: pairs of characters, words, and what else a thing is called (R-MSG-08).

Not here: the answers, which are texts. Nothing that is typed is kept.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import log

SYNONYMS = (
    ("验证码", "校验码", "动态码", "短信码", "手机码"),
    ("证件号码", "身份证号码", "身份证号", "证件号", "身份证", "证件"),
    ("重复", "被注册", "已注册", "被占用", "重名", "注册过"),
    ("学籍档案", "学信档案", "学历档案", "电子档案", "学档"),
    ("账号", "帐号", "帐户", "账户"),
    ("找回", "忘记", "忘了", "想不起来", "丢了"),
    ("手机号", "手机号码", "电话号码"),
    ("照片", "图像", "相片", "头像"),
    ("修改", "更改", "变更", "更正", "改"),
    ("有误", "错误", "不对", "错了", "填错", "写错"),
    ("补充材料", "补交材料", "补材料", "补充上传"),
    ("实人验证", "人脸验证", "人脸识别", "刷脸", "扫脸"),
    ("人工客服", "客服", "人工", "真人"),
    ("认证", "鉴定", "公证"),
    ("登录", "登陆", "登入"),
    ("收不到", "没收到", "没有收到", "接收不到"),
    ("查不到", "没有显示", "不显示", "找不到", "没有信息"),
    ("password", "passcode", "pin"),
    ("sms", "text message", "texts", "verification code", "otp"),
    ("username", "login name", "user name", "account name"),
    ("enrolment", "enrollment", "student status"),
    ("photo", "picture", "image"),
    ("cancel", "withdraw", "call off"),
    ("wrong", "incorrect", "mistake", "error", "typo"),
)
"""What one thing is called: the first of each line stands for the others."""

STOP = re.compile(
    "怎么办|怎么样|怎么|怎样|如何|什么|为什么|哪里|是否|能不能|可以|我的|我|你|了|的|吗|呢|啊|请问|一下|"
    r"\b(?:how|do|does|did|can|could|what|why|where|when|is|are|am|be|it|i|im|me|my|you|your|the|a|an|to|of|in|on|for|and|or|"
    r"not|with|that|this|have|has|was|there)\b"
)
"""Says nothing about the matter."""

HAN = re.compile("[㐀-鿿〇]+")
WORD = re.compile("[a-z0-9]+")

WEIGHTS = {"title": 4.0, "words": 3.0, "text": 1.0}

FITS = 0.4
"""The share of a question, weighed by how rare its parts are, that an answer has to have."""

BESIDE = 0.3
"""The part of the best answer's score that another one needs to stand beside it."""

MOST = 6
"""Answers to one question, at most."""

LONGEST = 100
"""Characters of a question that are looked at."""

_named = {name: line[0] for line in SYNONYMS for name in line}
_names = re.compile("|".join(map(re.escape, sorted(_named, key=len, reverse=True))))


@dataclass(frozen=True, slots=True)
class Answer:
    """One text in one language: its address, title, what else people call the matter, and its body without tags."""

    slug: str
    title: str
    words: str
    text: str


def grams(typed: str) -> list[str]:
    """The parts by which texts are compared: 「短信校验码」 has 短信, 信验, 验证, 证码, and "two codes" has two, code."""
    plain = unicodedata.normalize("NFKC", typed).casefold().replace("’", "").replace("'", "")
    plain = STOP.sub(" ", _names.sub(lambda found: _named[found[0]], plain))
    return [*_pairs(plain), *(_stem(word) for word in WORD.findall(plain))]


def _pairs(plain: str) -> Iterator[str]:
    for run in HAN.findall(plain):
        yield from ("".join(two) for two in pairwise(run)) if len(run) > 1 else (run,)


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


class Index:
    """The answers of all languages, read once; a question in one finds the answer in the other too."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        self._parts: dict[str, dict[str, float]] = {}
        for answer in answers:
            weighed = self._parts.setdefault(answer.slug, {})
            for part, weight in WEIGHTS.items():
                for gram in set(grams(getattr(answer, part))):
                    weighed[gram] = max(weight, weighed.get(gram, 0.0))
        self._in = Counter(gram for weighed in self._parts.values() for gram in weighed)

    def find(self, question: str) -> list[str]:
        """Slugs of the answers that fit, the best first; empty where nothing does."""
        asked = {gram: self._rarity(gram) for gram in grams(question[:LONGEST])}
        whole = sum(asked.values())
        scores = {slug: self._score(weighed, asked, whole) for slug, weighed in self._parts.items()}
        least = max(scores.values(), default=0.0) * BESIDE
        return sorted((slug for slug in scores if scores[slug] > least), key=lambda slug: -scores[slug])[:MOST]

    def _score(self, weighed: dict[str, float], asked: dict[str, float], whole: float) -> float:
        shared = [gram for gram in asked if gram in weighed]
        if not shared or sum(asked[gram] for gram in shared) < FITS * whole:
            return 0.0
        return sum(asked[gram] * weighed[gram] for gram in shared)

    def _rarity(self, gram: str) -> float:
        return log(1 + len(self._parts) / self._in.get(gram, 0.5))
