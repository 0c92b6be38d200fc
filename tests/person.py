"""A visitor who reads pages as people do: by labels, button words and link words. Every page read is also checked."""

import re
from io import BytesIO
from typing import Self
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask

PHONE = "Mozilla/5.0 (Linux; Android 10; HMA-AL00) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 MicroMessenger/8.0"


class Person:
    """One browser with its cookies. `htmx` asks for pieces as htmx 4 does; otherwise everything is a whole page."""

    def __init__(self, app: Flask, htmx: bool = False, address: str = "192.0.2.10", language: str = "zh-CN") -> None:
        self.client = app.test_client()
        self.htmx = htmx
        self.headers = {"User-Agent": PHONE, "Accept-Language": language}
        self.address = address
        self.path = "/"
        self.status = 0
        self.html = ""
        self.page = BeautifulSoup("", "lxml")
        self._filled: dict[str, object] = {}

    # going places

    def visit(self, path: str) -> Self:
        """Type an address: always a whole page."""
        return self._go("GET", path, piece=False)

    def follow(self, words: str) -> Self:
        """Tap the link whose words hold `words`: one of the page itself before one of its menu."""
        return self._go("GET", self._link(words)["href"], piece=False)

    def press(self, words: str) -> Self:
        """Press the button that reads `words`: its form is sent with what was filled in."""
        button = self._button(words)
        form = button.find_parent("form") or self.page.find("form", id=button.get("form"))
        assert form is not None, f"the button {words!r} stands in no form"
        sent = self._values(form)
        if button.get("name"):
            sent.append((button["name"], button.get("value", "")))
        boosted = form.get("hx-boost") == "true"
        action = button.get("formaction") or form.get("action") or self.path
        method = (form.get("method") or "get").upper()
        return self._go(method, action, sent, piece=boosted, multipart=form.get("enctype") == "multipart/form-data")

    def post(self, path: str, data: dict | None = None, **headers: str) -> Self:
        """Send a form by hand, as an attacker does: with this page's token unless `data` brings one."""
        sent = {"csrf_token": self.token(), **(data or {})}
        return self._go("POST", path, list(sent.items()), piece=False, extra=headers)

    def token(self) -> str:
        field = self.page.find("input", attrs={"name": "csrf_token"})
        return field["value"] if field else ""

    # filling in

    def fill(self, label: str, value: str) -> Self:
        """Write into the field with this label (or choose the option of a select by its words)."""
        control = self._control(label)
        if control.name == "select":
            words = [option for option in control.find_all("option") if _words(option) == value]
            value = words[0]["value"] if words else value
        self._filled[control["name"]] = value
        return self

    def tick(self, label: str) -> Self:
        """Tick the box, or choose the radio, with this label."""
        control = self._control(label)
        if control["type"] == "radio":
            self._filled[control["name"]] = control.get("value", "on")
        else:
            already = self._filled.setdefault(control["name"], [])
            already.append(control.get("value", "on"))
        return self

    def untick(self, label: str) -> Self:
        self._filled[self._control(label)["name"]] = []
        return self

    def attach(self, label: str, name: str, data: bytes) -> Self:
        """Choose a file."""
        self._filled[self._control(label)["name"]] = (BytesIO(data), name)
        return self

    # reading

    def sees(self, *texts: str) -> Self:
        """All of these stand on the page (spaces do not count)."""
        shown = _squeeze(self.text)
        for text in texts:
            assert _squeeze(text) in shown, f"{text!r} is not on {self.path} ({self.status}): {self.text[:600]}"
        return self

    def sees_not(self, *texts: str) -> Self:
        shown = _squeeze(self.html)
        for text in texts:
            assert _squeeze(text) not in shown, f"{text!r} is on {self.path}"
        return self

    def errors(self) -> list[str]:
        """What the error summary says, in order."""
        summary = self.page.find(class_="summary")
        return [_words(item) for item in summary.find_all("li")] if summary else []

    def value(self, label: str) -> str:
        """What stands in a field."""
        control = self._control(label)
        if control.name == "textarea":
            return control.text.removeprefix("\n")
        if control.name == "select":
            chosen = control.find("option", selected=True) or control.find("option")
            return chosen["value"]
        return control.get("value", "")

    @property
    def text(self) -> str:
        body = self.page.find("main") or self.page
        return body.get_text(" ", strip=True)

    @property
    def title(self) -> str:
        return self.page.title.get_text(strip=True) if self.page.title else ""

    @property
    def heading(self) -> str:
        return _words(self.page.find("h1"))

    # underneath

    def _go(
        self,
        method: str,
        path: str,
        data: list | None = None,
        *,
        piece: bool,
        multipart: bool = False,
        extra: dict[str, str] | None = None,
    ) -> Self:
        headers = {**self.headers, **(extra or {})}
        if self.htmx and piece:
            headers |= {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "main#main"}
            headers |= {"HX-Current-URL": f"http://localhost{self.path}"}
        place = urljoin(self.path, path)
        for _ in range(6):
            options = {"headers": headers, "environ_base": {"REMOTE_ADDR": self.address}}
            if method == "POST":
                fields = _as_fields(data or [])
                kind = "multipart/form-data" if multipart else "application/x-www-form-urlencoded"
                answer = self.client.post(place, data=fields, content_type=kind, **options)
            else:
                query = [(name, value) for name, value in data or []]
                answer = self.client.get(place, query_string=query or None, **options)
            self.status, self.answer = answer.status_code, answer
            if "HX-Redirect" in answer.headers:
                return self.visit(answer.headers["HX-Redirect"])
            if answer.status_code not in (301, 302, 303, 307, 308):
                break
            parts = urlsplit(urljoin(f"http://localhost{place}", answer.headers["Location"]))
            place, method, data = parts.path + (f"?{parts.query}" if parts.query else ""), "GET", None
        self.path = place
        self._read(answer)
        return self

    def _read(self, answer) -> None:
        self._filled = {}
        if answer.mimetype != "text/html":
            return
        self.html = answer.get_data(as_text=True)
        self.page = BeautifulSoup(self.html, "lxml")
        if self.html.strip():
            _check(self.page, self.path)

    def _values(self, form: Tag) -> list[tuple[str, object]]:
        sent: list[tuple[str, object]] = []
        for control in form.find_all(["input", "select", "textarea"]):
            name, kind = control.get("name"), control.get("type", "text")
            if not name or kind in ("submit", "button") or any(name == known for known, _ in sent if name in self._filled):
                continue
            if name in self._filled:
                value = self._filled[name]
                sent += [(name, one) for one in value] if isinstance(value, list) else [(name, value)]
            elif kind in ("checkbox", "radio"):
                if control.has_attr("checked"):
                    sent.append((name, control.get("value", "on")))
            elif kind != "file":
                sent.append((name, self._standing(control)))
        return sent

    def _standing(self, control: Tag) -> str:
        if control.name == "textarea":
            return control.text.removeprefix("\n")
        if control.name == "select":
            chosen = control.find("option", selected=True) or control.find("option")
            return chosen.get("value", "") if chosen else ""
        return control.get("value", "")

    def _control(self, label: str) -> Tag:
        found = [one for one in self.page.find_all("label") if _squeeze(_words(one)).startswith(_squeeze(label))]
        exact = [one for one in found if _squeeze(_words(one)) == _squeeze(label)]
        assert found, (
            f"no field {label!r} on {self.path} ({self.status}): {[_words(one) for one in self.page.find_all('label')]}"
        )
        chosen = (exact or found)[0]
        inside = chosen.find(["input", "select", "textarea"])
        return inside or self.page.find(id=chosen["for"])

    def _button(self, words: str) -> Tag:
        found = [one for one in self.page.find_all("button") if _squeeze(_words(one)).startswith(_squeeze(words))]
        assert found, (
            f"no button {words!r} on {self.path} ({self.status}): {[_words(one) for one in self.page.find_all('button')]}"
        )
        return found[0]

    def _link(self, words: str) -> Tag:
        found = [one for one in self.page.find_all("a", href=True) if _squeeze(words) in _squeeze(_words(one))]
        assert found, f"no link {words!r} on {self.path} ({self.status}): {[_words(one) for one in self.page.find_all('a')]}"
        return next((one for one in found if one.find_parent("main")), found[0])  # the page's own before the menu's


def _as_fields(data: list) -> dict[str, list]:
    fields: dict[str, list] = {}
    for name, value in data:
        fields.setdefault(name, []).append(value)
    return fields


def _words(tag: Tag) -> str:
    return re.sub(r"\s+", " ", tag.get_text(" ", strip=True))


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _check(page: BeautifulSoup, path: str) -> None:
    """What every page owes its readers: one title, one heading, ids used once, a label for every field."""
    assert page.title and page.title.get_text(strip=True), f"{path} has no title"
    headings = page.find_all("h1")
    assert len(headings) == 1, f"{path} has {len(headings)} h1"
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids)), f"{path} uses ids twice: {sorted({one for one in ids if ids.count(one) > 1})}"
    labelled = {label.get("for") for label in page.find_all("label")}
    for control in page.find_all(["input", "select", "textarea"]):
        if control.get("type") in ("hidden", "submit", "button"):
            continue
        named = control.get("id") in labelled or control.find_parent("label") or control.get("aria-label")
        assert named or control.get("aria-labelledby"), f"{path}: {control} has no label"
