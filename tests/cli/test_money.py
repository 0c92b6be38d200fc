"""`xuedang doctor` about payments, and a start with keys that are not there."""

from dataclasses import replace

import pytest
from flask import Flask

from tests import paying
from webapp import create_app
from webapp.cli.health_money import payments
from webapp.settings import Misconfigured, Settings


def test_doctor_looks_at_the_keys_of_payments(app: Flask, settings: Settings):
    assert [level for level, _text in payments(settings)] == ["ok"]
    both = paying.set_up(settings)
    (settings.data_dir / "ours.pem").chmod(0o644)
    assert [level for level, _text in payments(both)] == ["bad", "bad", "warn"]
    (settings.data_dir / "ours.pem").chmod(0o600)
    secure = replace(both, url="https://xj.example.edu.cn")
    assert [level for level, _text in payments(secure)] == ["ok", "ok"]
    assert [level for level, _text in payments(replace(secure, wechat_api_key="short"))] == ["bad", "ok"]
    assert [level for level, _text in payments(replace(secure, alipay_key="/nowhere"))] == ["ok", "bad"]


@pytest.mark.parametrize("wrong", [{"wechat_key": "/nowhere"}, {"alipay_public_key": "/dev/null"}, {"wechat": "outside"}])
def test_a_site_does_not_start_with_half_of_a_vendor(app: Flask, settings: Settings, wrong: dict):
    with pytest.raises(Misconfigured):
        create_app(replace(paying.set_up(settings), **wrong))
