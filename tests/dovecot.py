"""A throw-away Dovecot for the tests: its own folder and ports, one mail box, gone afterwards."""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import time
from email.message import EmailMessage
from imaplib import IMAP4
from pathlib import Path
from typing import Self

USER, PASSWORD = "support@example.edu.cn", "p@ss/:word"

CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{certificate}
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_uid = {user}
mail_gid = {group}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
namespace inbox {{
  inbox = yes
}}
"""


class Dovecot:
    """Started on entering, stopped on leaving; `deliver` puts a mail into the box."""

    def __init__(self, folder: Path, certificate: Path) -> None:
        self.folder, self.certificate = folder, certificate
        self.port, self.tls = _free(), _free()

    def __enter__(self) -> Self:
        program = shutil.which("dovecot") or "/usr/sbin/dovecot"
        user = "dovecot" if os.geteuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        group = pwd.getpwnam(user).pw_gid
        facts = {"user": user, "group": grp.getgrgid(group).gr_name, "password": PASSWORD, "port": self.port, "tls": self.tls}
        for name in ("run", "state", "mail", "home"):
            (self.folder / name).mkdir(mode=0o755)
            if os.geteuid() == 0:
                shutil.chown(self.folder / name, user, group)
        config = self.folder / "dovecot.conf"
        config.write_text(CONFIG.format(folder=self.folder, certificate=self.certificate, **facts))
        self._server = subprocess.Popen([program, "-F", "-c", str(config)], stderr=subprocess.PIPE)  # noqa: S603
        self._wait()
        return self

    def __exit__(self, *fault: object) -> None:
        self._server.terminate()
        self._server.wait(20)
        self._server.stderr.close()

    def deliver(self, mail: EmailMessage | bytes, flags: str = "") -> None:
        with self._box() as box:
            box.append("INBOX", flags, None, mail if isinstance(mail, bytes) else mail.as_bytes())

    def left(self) -> list[str]:
        """The flags of each mail that is still in the box."""
        with self._box() as box:
            box.select("INBOX", readonly=True)
            (numbers,) = box.search(None, "ALL")[1]
            return [box.fetch(number.decode(), "(FLAGS)")[1][0].decode() for number in numbers.split()]

    def empty(self) -> None:
        with self._box() as box:
            if box.select("INBOX")[1] == [b"0"]:
                return
            box.store("1:*", "+FLAGS", r"(\Deleted)")
            box.expunge()

    def _box(self) -> IMAP4:
        box = IMAP4("127.0.0.1", self.port, timeout=10)
        box.login(USER, PASSWORD)
        return box

    def _wait(self) -> None:
        for _ in range(100):
            if self._server.poll() is not None:
                raise RuntimeError(self._server.stderr.read().decode() + self._log())
            try:
                self._box().logout()
            except (OSError, IMAP4.error):
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("Dovecot does not answer: " + self._log())

    def _log(self) -> str:
        log = self.folder / "log"
        return log.read_text() if log.exists() else ""


def _free() -> int:
    """A port that nobody listens at now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
