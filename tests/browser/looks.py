"""What every screen owes its readers, measured in the browser: axe, no sideways scroll, targets that a thumb hits.

What a screen says is not judged here.
"""

from axe_playwright_python.sync_playwright import Axe

from tests.browser.visitor import DESK, PHONE, Visitor

NARROW = {"width": 320, "height": 640}
TARGET = 44
"""Pixels that a target has at least, each way; a link inside a sentence may be smaller."""

_AXE = Axe()

_WIDER = """() => {
  const most = innerWidth;
  if (document.documentElement.scrollWidth <= most) return [];
  const told = (one) => `${one.localName}.${one.getAttribute("class")} "${one.textContent.trim().slice(0, 20)}"`;
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > most + 1 && !one.closest(".scroll *"))
    .map((one) => `${told(one)}: ${Math.round(one.getBoundingClientRect().right)} > ${most}`);
}"""

_SMALL = """(least) => {
  const inSentence = (one) => one.localName === "a" && getComputedStyle(one).display === "inline" &&
    one.parentElement.textContent.trim().length > one.textContent.trim().length;
  const shown = (one) => one.checkVisibility() && one.getBoundingClientRect().width > 1;
  return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter((one) => shown(one) && !inSentence(one))
    .map((one) => [one, (one.matches("[type=checkbox],[type=radio]") && one.closest("label") || one).getBoundingClientRect()])
    .filter(([, box]) => box.width < least - 0.5 || box.height < least - 0.5)
    .map(([one, box]) => `${one.localName} "${one.textContent.trim().slice(0, 20) || one.name}" ${box.width} × ${box.height}`);
}"""


def faults(visitor: Visitor, *, with_axe: bool) -> list[str]:
    """Everything wrong with the screen that a visitor is looking at, a line each; the window is as before afterwards."""
    page, before = visitor.page, visitor.page.viewport_size
    found = [f"not allowed: {fault}" for fault in visitor.faults]
    visitor.faults.clear()
    page.set_viewport_size(NARROW)
    found += [f"320 px: {one}" for one in page.evaluate(_WIDER)[:3]]
    page.set_viewport_size(PHONE)
    found += [f"small target: {one}" for one in page.evaluate(_SMALL, TARGET)]
    found += [f"text at 200 %: {one}" for one in _with_large_text(visitor)[:3]]
    for size in (PHONE, DESK) if with_axe and before == DESK else (PHONE,) if with_axe else ():
        page.set_viewport_size(size)
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            found += [f"axe, {theme}, {size['width']} px: {one}" for one in _violations(visitor)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(before)
    return found


def _with_large_text(visitor: Visitor) -> list[str]:
    visitor.page.evaluate("document.documentElement.style.fontSize = '200%'")
    wider = visitor.page.evaluate(_WIDER)
    visitor.page.evaluate("document.documentElement.style.fontSize = ''")
    return wider


def _violations(visitor: Visitor) -> list[str]:
    return [
        f"{one['id']}: {node['html'][:160]}" for one in _AXE.run(visitor.page).response["violations"] for node in one["nodes"]
    ]
