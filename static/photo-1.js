// A chosen photo is made smaller here and sent at once; several go one by one. Where that cannot be done, files go as they are.
(() => {
  const LONG_SIDE = 2000;
  const SMALL = 1 << 20; // bytes that go as they are
  const AGAIN = 5000; // milliseconds after which a photo that was lost on the way goes again

  function begin(form) {
    form.dataset.quick = "";
    form.addEventListener("change", async (event) => {
      const field = event.target;
      if (field.type !== "file" || !field.files.length) return;
      form.querySelectorAll("[type=file]").forEach((other) => other !== field && (other.value = ""));
      if (field.files.length > 1) return inTurn(form, field);
      const smaller = await reduced(field.files[0]);
      if (smaller) put(field, smaller);
      form.requestSubmit(form.querySelector("button"));
    });
  }

  // All but the last are sent here. The last goes as always, with one that was not taken, so that the page says why.
  async function inTurn(form, field) {
    const files = [...field.files];
    const said = form.appendChild(document.createElement("p"));
    const refused = [];
    const fields = form.querySelectorAll("[type=file]");
    said.setAttribute("role", "status");
    fields.forEach((one) => (one.disabled = true));
    for (const [n, file] of files.slice(0, -1).entries()) {
      const { sending } = form.querySelector("[data-photo]").dataset;
      said.textContent = sending.replace("{n}", n + 1).replace("{of}", files.length);
      if (!(await taken(form, field.name, (await reduced(file)) || file))) refused.push(file);
      if (!form.isConnected) return;
    }
    const last = files.at(-1);
    fields.forEach((one) => (one.disabled = false));
    put(field, (await reduced(last)) || last, ...refused.slice(0, 1));
    form.requestSubmit(form.querySelector("button"));
  }

  // True where the server keeps it (or had it already), false where it refuses it; a lost one goes until it arrives.
  async function taken(form, name, file) {
    const body = new FormData();
    form.querySelectorAll("[type=hidden]").forEach((field) => body.append(field.name, field.value));
    body.append(name, file);
    while (form.isConnected) {
      try {
        const answer = await fetch(form.action, { method: "POST", body });
        if (answer.status < 500) return answer.ok && answer.url === form.action; // or it leads to the log-in
      } catch {
        // the network is away
      }
      await new Promise((done) => setTimeout(done, AGAIN));
    }
  }

  // No canvas, or a kind that this browser cannot open (HEIC): the server does it.
  function reduced(file) {
    if (file.size <= SMALL || !window.Compressor) return null;
    return new Promise((done) => {
      new Compressor(file, {
        quality: 0.82,
        maxWidth: LONG_SIDE,
        maxHeight: LONG_SIDE,
        mimeType: "image/jpeg",
        checkOrientation: false, // the browser sets it upright; asking again would need data: addresses
        success: (blob) => done(blob.size < file.size ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : null),
        error: () => done(null),
      });
    });
  }

  function put(field, ...files) {
    try {
      const chosen = new DataTransfer();
      files.forEach((file) => chosen.items.add(file));
      field.files = chosen.files;
    } catch {
      // an old browser keeps what was chosen
    }
  }

  // The network is back: what was not sent goes again, without another photo.
  addEventListener("online", () => document.querySelector("form[data-quick] [data-said][role=alert] button")?.click());

  const look = () => document.querySelectorAll("[data-photo]").forEach((part) => {
    const form = part.closest("form");
    if (!("quick" in form.dataset)) begin(form);
  });
  document.addEventListener("htmx:after:swap", look);
  look();
})();
