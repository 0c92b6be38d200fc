// The stage of a case: one photo at a time, larger, turned, covered; and the keys. Without this the photos stand in a column.
(() => {
  const IDLE = 60_000; // without a hand on it, the photo is covered
  const SHOWN = 3_000; // all rows at once only after the photo was to be seen this long
  const off = () => localStorage.getItem("xd-keys") === "off";
  let desk, photos, at, zoom, turn, since, idle;

  const one = (part, of = desk) => of.querySelector(part);
  const all = (part, of = desk) => [...of.querySelectorAll(part)];

  function begin(part) {
    desk = part;
    desk.dataset.live = "";
    photos = all("[data-photo]");
    since = Date.now();
    one(".tools").hidden = false;
    const bare = one("#bare"); // the button beside the others does it from here on
    if (bare) [bare.hidden, bare.checked] = [true, false];
    one("[data-cover]").setAttribute("aria-pressed", covered());
    const keys = document.querySelector("[data-keys]");
    keys.hidden = false;
    keys.addEventListener("click", help);
    const box = document.getElementById("keys-off");
    box.checked = off();
    box.addEventListener("change", () => localStorage.setItem("xd-keys", box.checked ? "off" : "on"));
    desk.addEventListener("click", press);
    desk.addEventListener("change", ticked);
    all("form").forEach((form) => form.addEventListener("submit", () => clearTimeout(idle)));
    side(0);
    awake();
  }

  function side(n) {
    if (!photos.length) return;
    at = (n + photos.length) % photos.length;
    photos.forEach((photo, i) => (photo.hidden = i !== at));
    all("[data-side]").forEach((button) => button.setAttribute("aria-pressed", button.dataset.side === photos[at].dataset.photo));
    [zoom, turn] = [100, 0];
    fit();
  }

  function fit() {
    const image = one("img", photos[at]);
    if (!image) return;
    image.style.maxWidth = image.style.maxHeight = zoom === 100 ? "" : "none";
    image.style.width = zoom === 100 ? "" : `${zoom}%`;
    image.style.transform = turn ? `rotate(${turn}deg)` : "";
  }

  function press(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const { side: which, zoom: step, turn: by } = button.dataset;
    if (which) side(photos.findIndex((photo) => photo.dataset.photo === which));
    if (step) larger(step === "1");
    if (by) [turn] = [turn + Number(by)], fit();
    if ("reset" in button.dataset) [zoom, turn] = [100, 0], fit();
    if ("cover" in button.dataset) cover(!covered());
  }

  const larger = (more) => ((zoom = Math.min(400, Math.max(50, zoom + (more ? 50 : -50)))), fit());
  const covered = () => one(".stage").hasAttribute("data-covered");

  function cover(yes) {
    one(".stage").toggleAttribute("data-covered", yes);
    one("[data-cover]").setAttribute("aria-pressed", yes);
    if (!yes) since = Date.now();
  }

  function awake() {
    clearTimeout(idle);
    idle = setTimeout(() => desk?.isConnected && cover(true), IDLE);
  }

  // A row that differs brings its reason up, and takes it back when it agrees after all.
  function ticked(event) {
    const row = event.target.closest("[data-tick]");
    if (!row?.dataset.reason) return;
    const reason = document.getElementById(`reason-${row.dataset.reason}`);
    if (reason) reason.checked = event.target.value === "differs";
  }

  function toggle(row) {
    if (!row) return;
    const [same, differs] = all("input", row);
    const next = same.checked ? differs : same;
    next.checked = true;
    next.dispatchEvent(new Event("change", { bubbles: true }));
    next.focus();
  }

  function everything() {
    if (covered() || Date.now() - since < SHOWN) return;
    all("[data-tick]").forEach((row) => {
      const same = one("input", row);
      same.checked = true;
      same.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  const help = () => document.querySelector("dialog.keys").showModal();

  // By the place of a key, not its letter: an input method for Chinese would hide it.
  const KEYS = {
    Equal: () => larger(true),
    NumpadAdd: () => larger(true),
    Minus: () => larger(false),
    NumpadSubtract: () => larger(false),
    Digit0: () => (([zoom, turn] = [100, 0]), fit()),
    BracketLeft: () => ((turn -= 90), fit()),
    BracketRight: () => ((turn += 90), fit()),
    KeyX: () => side(at + 1),
    KeyB: () => cover(!covered()),
  };

  document.addEventListener("keydown", (event) => {
    if (!desk?.isConnected) return;
    awake();
    const field = event.target;
    const typing = field.matches("textarea, select, input:not([type=radio], [type=checkbox])");
    if (off() || typing || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]")) return;
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    const button = one(`[data-key=${event.code}]`);
    if (event.code === "Slash" && event.shiftKey) help();
    else if (event.code === "KeyA" && event.shiftKey) everything();
    else if (digit) toggle(all("[data-tick]")[digit[1] - 1]);
    else if (button && !event.shiftKey) button.focus();
    else if (KEYS[event.code]) KEYS[event.code]();
    else return;
    event.preventDefault();
  });
  ["pointermove", "pointerdown", "scroll"].forEach((kind) => document.addEventListener(kind, () => desk?.isConnected && awake(), { passive: true }));
  document.addEventListener("visibilitychange", () => document.hidden && desk?.isConnected && photos.length && cover(true));

  const look = () => {
    const part = document.querySelector("[data-desk]");
    if (part && !("live" in part.dataset)) begin(part);
  };
  document.addEventListener("htmx:after:swap", look);
  look();
})();
