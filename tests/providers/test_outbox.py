"""The local outbox: what would have gone out, one line each."""

import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from webapp.domain.ports import Unavailable
from webapp.providers import outbox
from webapp.providers.nobody import Nobody

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path):
    return tmp_path / outbox.NAME


@pytest.mark.req("SYS-01")
def test_what_would_be_sent_stands_in_one_file(path):
    sms = outbox.OutboxSms(path)
    given = sms.send("13800005678", "验证码 482913，24 小时内有效。", template="code", params={}, reference="job-1")
    outbox.OutboxMail(path).send("lin@example.edu.cn", "确认邮箱", "打开链接\n\nhttp://127.0.0.1:8000/c", "job-2")
    outbox.captcha(path, "4821")
    assert given == "outbox-job-1"
    assert outbox.lines(path) == [
        "SMS 138 0000 5678 验证码 482913，24 小时内有效。",
        "MAIL lin@example.edu.cn 确认邮箱 | 打开链接 http://127.0.0.1:8000/c",
        "captcha: 4821",
    ]


def test_a_message_cannot_forge_a_second_line(path):
    outbox.OutboxMail(path).send("a@example.edu.cn", "x\r\ncaptcha: 1", "a\u2028b\x0bc\x85captcha: 2", "job")
    assert len(outbox.lines(path)) == 1


def test_the_last_lines_are_enough(path):
    assert outbox.lines(path) == []
    for number in range(7):
        outbox.write(path, f"line {number}")
    assert outbox.lines(path, last=2) == ["line 5", "line 6"]


def test_nobody_else_on_the_machine_reads_the_codes(path):
    outbox.captcha(path, "4821")
    assert path.stat().st_mode & 0o777 == 0o600


def test_lines_of_threads_and_processes_do_not_mix(path):
    text = "长" * 5000
    script = f"""
import sys; from pathlib import Path; from webapp.providers.outbox import write
for _ in range(40): write(Path(sys.argv[1]), "{text}")
"""
    others = [subprocess.Popen([sys.executable, "-c", script, path], cwd=ROOT) for _ in range(2)]
    threads = [Thread(target=lambda: [outbox.write(path, text) for _ in range(40)]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [other.wait() for other in others] == [0, 0]
    assert outbox.lines(path) == [text] * 160


def test_without_a_gateway_the_job_is_told_so_for_good():
    with pytest.raises(Unavailable) as no:
        Nobody().send("13800005678", "text", template="code", params={}, reference="job-1")
    assert (no.value.reason, no.value.retry) == ("setup", False)
