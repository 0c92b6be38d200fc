// Every screen works without this file. The words come from data-* of <body>.
(() => {
  const words = document.body.dataset;
  const all = (root, selector) => root.querySelectorAll(selector);
  const make = (tag, facts) => Object.assign(document.createElement(tag), facts);
  const on = (name, act, early) => document.addEventListener(name, act, early);
  const sent = new Map(); // form → what undoes its waiting

  // One submit at a time; the button says so, then a note.
  function wait(form, button) {
    const label = [...button.childNodes];
    const busy = setTimeout(() => {
      button.style.minWidth = button.offsetWidth + "px";
      button.classList.add("spin");
      button.replaceChildren(words.busy);
    }, 400);
    const slow = setTimeout(() => say(form, words.slow, "status"), 15000);
    button.setAttribute("aria-disabled", "true");
    sent.set(form, () => {
      clearTimeout(busy);
      clearTimeout(slow);
      sent.delete(form);
      button.removeAttribute("aria-disabled");
      button.classList.remove("spin");
      button.replaceChildren(...label);
    });
  }

  function say(form, text, role) {
    form.querySelector("[data-said]")?.remove();
    if (!text) return null;
    const note = make("div", { className: "note " + (role === "alert" ? "bad" : "info") });
    note.dataset.said = "";
    note.setAttribute("role", role);
    note.append(make("div", { textContent: text }));
    form.append(note);
    return note;
  }

  // No answer, or none of ours: the fields stay, the same button goes again.
  function failed(form, text) {
    const retry = make("button", { type: "button", className: "plain link", textContent: words.retry });
    retry.onclick = () => form.lastPressed.click();
    say(form, text, "alert").append(retry);
  }

  on("submit", (event) => {
    const form = event.target;
    if (event.submitter?.matches("[data-whole]")) return event.stopImmediatePropagation();
    if ("again" in form.dataset) return;
    if (sent.has(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    say(form);
    all(form, "[data-reveal]").forEach((button) => reveal(button, false));
    form.lastPressed = event.submitter || form.querySelector("button:not([type=button])");
    wait(form, form.lastPressed);
  }, true);

  addEventListener("pageshow", (event) => event.persisted && sent.forEach((undo) => undo()));

  const source = (event) => event.detail.ctx?.sourceElement;
  on("htmx:finally:request", (event) => sent.get(source(event))?.());
  on("htmx:error", (event) => source(event)?.matches("form") && failed(source(event), words.offline));
  on("htmx:after:request", (event) => {
    const { response, text, hx } = event.detail.ctx;
    const form = source(event);
    const moved = hx?.redirect || hx?.location || hx?.refresh;
    if (!form.matches("form[hx-target='#main']") || moved || (response.status < 500 && text.includes("<main"))) return;
    event.preventDefault();
    const reference = response.headers.get("X-Reference");
    failed(form, words.failed + (reference ? ` ${words.reference} ${reference}` : ""));
  });

  // After a swap: what asks for the focus, else the heading.
  let screen = document.getElementById("main");
  on("htmx:after:swap", () => {
    const main = document.getElementById("main");
    ready(main);
    if (main === screen) return;
    screen = main;
    const first = main.querySelector("[autofocus]") || main.querySelector("h1");
    first?.focus({ preventScroll: true });
    first?.matches("h1") ? scrollTo(0, 0) : first?.scrollIntoView({ block: "center" });
  });

  on("click", (event) => {
    const button = event.target.closest("button,a");
    if (!button) return;
    if (button.getAttribute("aria-disabled") === "true") {
      event.preventDefault();
      event.stopPropagation();
    } else if (button.dataset.reveal) {
      reveal(button, button.getAttribute("aria-pressed") !== "true");
    } else if (button.dataset.insert) {
      const field = document.getElementById(button.dataset.into);
      field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    }
  }, true);

  function reveal(button, shown) {
    const field = document.getElementById(button.dataset.reveal);
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", shown);
    button.textContent = shown ? words.hide : words.show;
  }

  on("input", (event) => event.target.dataset?.max && count(event.target));

  function count(field) {
    const left = field.dataset.max - [...field.value].length;
    const text = document.getElementById(field.id + "-count");
    text.textContent = (left < 0 ? words.over : words.left).replace("{n}", Math.abs(left));
    text.classList.toggle("error", left < 0);
  }

  // The seconds tick outside the live region, which speaks at 30, 10 and 0.
  function countDown(button) {
    const { counting, ready: label, readySays } = button.dataset;
    const end = Date.now() + button.dataset.wait * 1000;
    const status = button.parentNode.querySelector("[role=status]");
    const tick = () => {
      if (!button.isConnected) return;
      const left = Math.ceil((end - Date.now()) / 1000);
      const text = counting.replace("{n}", left);
      if (left === 30 || left === 10) status.textContent = text;
      if (left > 0) {
        button.textContent = text;
        setTimeout(tick, 1000);
        return;
      }
      button.textContent = label;
      button.removeAttribute("aria-disabled");
      status.textContent = readySays;
    };
    button.setAttribute("aria-disabled", "true");
    tick();
  }

  // For some screens; async = false keeps the order.
  function need(src) {
    if (!document.querySelector(`script[src="${src}"]`)) document.body.append(make("script", { src, async: false }));
  }

  function ready(root) {
    all(root, "[data-reveal][hidden]").forEach((button) => (button.hidden = false));
    all(root, "[data-max]").forEach((field) => field.value && count(field));
    all(root, "[data-wait]:not([aria-disabled])").forEach(countDown);
    if (root.querySelector("[data-challenge]") && !document.getElementById("pow")) {
      document.body.append(make("script", { id: "pow", src: words.pow }));
    }
    all(root, "[data-needs]").forEach((part) => part.dataset.needs.split(" ").forEach(need));
  }

  ready(document);
})();
