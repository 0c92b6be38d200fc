"""What every screen owes its readers, measured in the browser: axe, no sideways scroll, targets that a thumb hits,
icons of their size, words on their lines.

What a screen says is not judged here.
"""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.visitor import PHONE, Visitor

NARROW = {"width": 320, "height": 640}
TARGET = 44
"""Pixels that a target has at least, each way; a link inside a sentence may be smaller."""

COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of axe that look at colours."""

AXE = Axe().axe_script
"""Half a megabyte: a page that begins with it has it for a fifth of what handing it over later takes."""

_VIOLATIONS = """async (asked) => {
  const { violations } = await axe.run(document, { ...asked, resultTypes: ["violations"] });
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)}`));
}"""

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

_CROOKED = """() => {
  const told = (one) => `${one.localName} "${one.textContent.trim().slice(0, 20)}"`;
  const swollen = [...document.querySelectorAll(".icon")].filter((one) => one.getBoundingClientRect().width > 48);
  const crushed = [...document.querySelectorAll("main *, nav *")].filter((one) => {
    const text = one.childElementCount ? "" : one.textContent.trim(), em = parseFloat(getComputedStyle(one).fontSize);
    const box = one.getBoundingClientRect();
    return text.length > 2 && box.width > 1 && box.width < 1.9 * em && box.height > 3.5 * em && one.checkVisibility();
  });
  return [...swollen.map((one) => `a swollen icon in ${told(one.parentElement)}`),
    ...crushed.map((one) => `a character a line: ${told(one)}`)];
}"""

_ON_A_PHONE = f"""(least) => {{
  const wider = {_WIDER};
  const found = {{ small: ({_SMALL})(least), crooked: ({_CROOKED})() }};
  document.documentElement.style.fontSize = "200%";
  found.wider = wider();
  document.documentElement.style.fontSize = "";
  return found;
}}"""

_INKS = """() => {
  const inked = (one) => [...one.childNodes].some((part) => part.nodeType === 3 && part.data.trim());
  const ground = (one) => {
    const layers = [];
    for (let at = one; at; at = at.parentElement) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(at);
      if (opacity !== "1" || backgroundImage !== "none") layers.push(opacity, backgroundImage);
      if (backgroundColor !== "rgba(0, 0, 0, 0)") layers.push(backgroundColor);
      if (backgroundColor.startsWith("rgb(")) break;
    }
    return layers.join(" ");
  };
  const ink = (one) => {
    const { color, fontSize, fontWeight, textDecorationLine } = getComputedStyle(one);
    const around = one.localName === "a" ? getComputedStyle(one.parentElement).color + textDecorationLine : "";
    return [color, fontSize, fontWeight, around, ground(one)].join("|");
  };
  const typed = (one) => one.matches("input, textarea, select") || inked(one);
  return [...new Set([...document.querySelectorAll("body *")].filter((one) => typed(one) && one.checkVisibility()).map(ink))];
}"""
"""Each way in which a text stands on the screen: its colour, size and weight, and what it stands on."""

_RIGHT: dict[str, set[str]] = {"light": set(), "dark": set()}
"""Those that axe found nothing to say about, by theme."""


def faults(visitor: Visitor, *, with_axe: bool) -> list[str]:
    """Everything wrong with the screen that a visitor is looking at, a line each; the window is as before afterwards."""
    page, before = visitor.page, visitor.page.viewport_size
    found = [f"not allowed: {fault}" for fault in visitor.faults]
    visitor.faults.clear()
    _resize(page, NARROW)
    found += [f"320 px: {one}" for one in page.evaluate(_WIDER)[:3]]
    _resize(page, PHONE)
    told = page.evaluate(_ON_A_PHONE, TARGET)
    found += [f"small target: {one}" for one in told["small"]]
    found += [f"{PHONE['width']} px: {one}" for one in told["crooked"][:3]]
    found += [f"text at 200 %: {one}" for one in told["wider"][:3]]
    if with_axe:
        found += _judged_by_axe(visitor, before)
    _resize(page, before)
    return found


def _judged_by_axe(visitor: Visitor, size: dict[str, int]) -> list[str]:
    """Three runs, or two on a phone: every rule in light at the visitor's size, colours in dark, and the rest on a phone.

    Colours, three quarters of what a run costs, are the same at both sizes; everything else is the same in the dark. They are
    judged where a text stands on a ground on which no right screen had it.
    """
    page = visitor.page
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    _resize(page, size)
    without = {"rules": {rule: {"enabled": False} for rule in COLOURS}}
    inks = set(page.evaluate(_INKS))
    asked = without if inks <= _RIGHT["light"] else {}
    found = [f"axe, light, {size['width']} px: {one}" for one in page.evaluate(_VIOLATIONS, asked)]
    _RIGHT["light"] |= inks if not found else set()
    page.emulate_media(color_scheme="dark")
    inks = set(page.evaluate(_INKS))
    if not inks <= _RIGHT["dark"]:
        dark = page.evaluate(_VIOLATIONS, {"runOnly": COLOURS})
        found += [f"axe, dark, {size['width']} px: {one}" for one in dark]
        _RIGHT["dark"] |= inks if not dark else set()
    page.emulate_media(color_scheme="light")
    if size != PHONE:
        _resize(page, PHONE)
        found += [f"axe, light, {PHONE['width']} px: {one}" for one in page.evaluate(_VIOLATIONS, without)]
    return found


def _resize(page: Page, size: dict[str, int]) -> None:
    if page.viewport_size != size:
        page.set_viewport_size(size)
