// [data-copy]: a button that copies its text. Shown only where copying can work.
(() => {
  const can = navigator.clipboard || document.queryCommandSupported?.("copy");

  async function copy(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true, className: "vh" });
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (!done) throw new Error("not copied");
  }

  function ready() {
    if (!can) return;
    for (const button of document.querySelectorAll("[data-copy][hidden]")) {
      button.hidden = false;
      button.setAttribute("aria-live", "polite");
      button.onclick = async () => {
        const label = [...button.childNodes];
        await copy(button.dataset.copy);
        button.replaceChildren(button.dataset.copied);
        button.onclick = null;
        setTimeout(() => {
          button.replaceChildren(...label);
          button.hidden = true;
          ready();
        }, 3000);
      };
    }
  }

  document.addEventListener("htmx:after:swap", ready);
  ready();
})();
