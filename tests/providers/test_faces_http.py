"""A face check by a vendor over HTTP, against a server that checks the signature its own way and fails on demand."""

from base64 import b64decode
from typing import Any

import pytest

from webapp.domain.face_port import Shots, Verdict, Wanted
from webapp.domain.ports import Unavailable
from webapp.providers.faces_http import HttpFaces

SECRET = "test-key-secret"
SHOTS = [Shots("front", (b"one", b"two")), Shots("blink", (b"three",))]
WHO = Wanted("林晓溪", "11010520080512002X", "CHN", b"picture")


@pytest.fixture
def faces(face_vendor: Any) -> HttpFaces:
    return HttpFaces(f"{face_vendor.endpoint}/check", "school", SECRET)


@pytest.mark.req("RPV-12")
def test_the_vendor_gets_the_frames_in_order_and_its_verdict_counts(faces: HttpFaces, face_vendor: Any) -> None:
    assert faces.judge(SHOTS, WHO, "try-1") == Verdict(True, 97)
    (asked,) = face_vendor.received
    assert [(one["prompt"], [b64decode(jpeg) for jpeg in one["jpegs"]]) for one in asked["frames"]] == [
        ("front", [b"one", b"two"]),
        ("blink", [b"three"]),
    ]
    assert (asked["name"], asked["document"], b64decode(asked["picture"])) == (WHO.name, WHO.document, WHO.picture)
    face_vendor.verdict = {"passed": False, "score": 3, "why": "other_person"}
    assert faces.judge(SHOTS, WHO, "try-2") == Verdict(False, 3, "other_person")
    assert "林晓溪" not in repr(WHO) and SECRET not in repr(vars(faces).keys())


@pytest.mark.req("RPV-05", "RPV-12")
@pytest.mark.parametrize(
    ("verdict", "reason"),
    [
        ({"passed": True, "score": 97, "reference": "another"}, "fault"),
        ({"passed": "yes", "score": 97}, "fault"),
        ({"passed": True, "score": 970}, "fault"),
        ({"passed": False, "score": 9, "why": "mood"}, "fault"),
        ({"error": "quota"}, "setup"),
    ],
)
def test_an_answer_that_makes_no_sense_is_nobodys_failure(
    faces: HttpFaces, face_vendor: Any, verdict: dict, reason: str
) -> None:
    face_vendor.verdict = verdict
    with pytest.raises(Unavailable) as said:
        faces.judge(SHOTS, WHO, "try-1")
    assert said.value.reason == reason


@pytest.mark.req("RPV-05")
@pytest.mark.parametrize("mode", ["500", "429", "garbage", "drop"])
def test_a_vendor_that_is_down_is_nobodys_failure(faces: HttpFaces, face_vendor: Any, mode: str) -> None:
    face_vendor.mode = mode
    with pytest.raises(Unavailable):
        faces.judge(SHOTS, WHO, "try-1")


def test_a_wrong_secret_is_a_matter_of_setting_up(face_vendor: Any) -> None:
    with pytest.raises(Unavailable) as said:
        HttpFaces(f"{face_vendor.endpoint}/check", "school", "wrong").judge(SHOTS, WHO, "try-1")
    assert (said.value.reason, said.value.retry) == ("setup", False)
    for url, key in (("http://faces.example.edu.cn/check", "school"), ("https://faces.example.edu.cn", "")):
        with pytest.raises(ValueError):
            HttpFaces(url, key, SECRET)
