// A chosen photo is made smaller here and sent at once. Where that cannot be done, the file goes as it is.
(() => {
  const LONG_SIDE = 2000;
  const SMALL = 1 << 20; // bytes that go as they are

  function begin(form) {
    form.dataset.quick = "";
    form.addEventListener("change", async (event) => {
      const field = event.target;
      if (field.type !== "file" || !field.files.length) return;
      form.querySelectorAll("[type=file]").forEach((other) => other !== field && (other.value = ""));
      const smaller = await reduced(field.files[0]);
      if (smaller) put(field, smaller);
      form.requestSubmit(form.querySelector("button"));
    });
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

  function put(field, file) {
    try {
      const chosen = new DataTransfer();
      chosen.items.add(file);
      field.files = chosen.files;
    } catch {
      // an old browser keeps the file that was chosen
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
