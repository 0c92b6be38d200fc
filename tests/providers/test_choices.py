"""A setting chooses who does it, and what is not chosen is not loaded."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import paying
from webapp import providers
from webapp.domain import face_port, pay_port, ports

ROOT = Path(__file__).parents[2]
PORTS = {
    "sms": ports.Sms,
    "mail": ports.Mail,
    "inbox": ports.Inbox,
    "storage": ports.Storage,
    "images": ports.Images,
    "portraits": ports.Portraits,
    "pdf": ports.Pdf,
    "seals": ports.Seals,
    "glyphs": ports.Glyphs,
    "scanner": ports.Scanner,
    "ocr": ports.Ocr,
    "faces": face_port.Faces,
    "wechat": pay_port.Payments,
    "alipay": pay_port.Payments,
}


@pytest.fixture
def told(tmp_path):
    return SimpleNamespace(
        data_dir=tmp_path,
        sms_key_id="id",
        sms_key_secret="secret",
        sms_sign="学档",
        sms_app_id="1400006666",
        sms_templates={"code": "1"},
        sms_endpoint="",
        mail_url="smtps://user:p%40ss@mail.example.edu.cn",
        mail_from="学档 <no-reply@example.edu.cn>",
        inbox_url="imaps://user:p%40ss@mail.example.edu.cn",
        inbox_address="support@example.edu.cn",
        faces_url="https://faces.example.edu.cn/check",
        faces_key="school",
        faces_secret="secret",
        scanner_url="unix:///run/clamav/clamd.ctl",
        url="https://xj.example.edu.cn",
        **paying.told(tmp_path),
    )


@pytest.mark.parametrize(("port", "value"), [(port, value) for port, of in providers.CHOICES.items() for value in of])
def test_every_choice_fits_its_port(told, port, value):
    setattr(told, port, value)
    made = providers.make(port, told)
    wanted = [name for name in vars(PORTS[port]) if not name.startswith("_")]
    assert wanted and all(callable(getattr(made, name)) for name in wanted)


def test_an_unknown_choice_names_the_known_ones(told):
    told.sms = "pigeon"
    with pytest.raises(ValueError, match="'pigeon' is not one of outbox, aliyun, tencent, none"):
        providers.make("sms", told)


def test_a_port_with_several_choices_has_no_silent_one(told):
    with pytest.raises(ValueError, match="sms"):
        providers.make("sms", told)


def test_what_is_not_chosen_is_not_loaded(tmp_path):
    script = """
import pathlib, sys, types
from webapp import providers
providers.make("sms", types.SimpleNamespace(sms="outbox", data_dir=pathlib.Path(".")))
print(sorted(name for name in sys.modules if name.startswith(("webapp.providers.sms_", "webapp.providers.mail_"))))
"""
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
