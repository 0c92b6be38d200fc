// Proof of work in ALTCHA's protocol (PBKDF2/SHA-256), standing for the image captcha. One file, two sides: in the page it hands
// the challenge to a Worker made from itself and, once solved, turns the captcha into one line. Without a secure context the captcha stays.
if (self.document) {
  const file = document.currentScript.src;

  const solve = (block) => {
    const form = block.closest("form");
    const challenge = JSON.parse(block.dataset.challenge);
    block.removeAttribute("data-challenge");
    const worker = new Worker(file);
    worker.onmessage = ({ data }) => {
      worker.terminate();
      if (!block.isConnected) return;
      const proof = Object.assign(document.createElement("input"), { type: "hidden", name: "altcha" });
      proof.value = btoa(JSON.stringify({ challenge, solution: data }));
      form.append(proof);
      const line = Object.assign(document.createElement("p"), { className: "proved", textContent: document.body.dataset.proved });
      // The same height as before: nothing moves under a finger.
      line.style.minHeight = block.offsetHeight + "px";
      const had = block.contains(document.activeElement);
      block.replaceChildren(line);
      form.querySelectorAll("[data-captcha-more]").forEach((more) => more.remove());
      if (had) form.querySelector("button:not([type=button])")?.focus();
    };
    worker.postMessage(challenge.parameters);
  };

  const solveAll = () => document.querySelectorAll("form [data-challenge]").forEach(solve);
  if (self.isSecureContext && self.Worker && self.crypto?.subtle) {
    solveAll();
    document.addEventListener("htmx:after:swap", solveAll);
  } else {
    const unwrap = () => document.querySelectorAll("[data-captcha] noscript").forEach((kept) => (kept.outerHTML = kept.textContent));
    unwrap();
    document.addEventListener("htmx:after:swap", unwrap);
  }
} else {
  const bytes = (hex) => Uint8Array.from(hex.match(/../g) || [], (pair) => parseInt(pair, 16));
  const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

  self.onmessage = async ({ data: { nonce, salt, cost, keyLength, keyPrefix } }) => {
    const started = Date.now();
    const start = bytes(nonce);
    const password = new Uint8Array(start.length + 4);
    password.set(start);
    const rule = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
    for (let counter = 0; ; counter++) {
      new DataView(password.buffer).setUint32(start.length, counter);
      const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
      const derivedKey = hex(await crypto.subtle.deriveBits(rule, key, keyLength * 8));
      if (derivedKey.startsWith(keyPrefix)) {
        self.postMessage({ counter, derivedKey, time: Date.now() - started });
        return;
      }
    }
  };
}
