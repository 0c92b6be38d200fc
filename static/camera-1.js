// The camera of the real-person check: each prompt is shown and spoken, a few small pictures after it are sent at once.
// Nothing is judged here. Without a camera or without this file the photo is the way.
(() => {
  const FRAMES = 4;
  const GAP = 400; // milliseconds between two pictures
  const LEAD = 1500; // to read or hear the prompt
  const WIDTH = 480;
  const wait = (time) => new Promise((done) => setTimeout(done, time));

  function begin(part) {
    part.dataset.ready = "";
    const start = part.querySelector("[data-start]");
    start.hidden = false;
    start.onclick = async () => {
      start.setAttribute("aria-disabled", "true");
      try {
        await film(part);
      } finally {
        start.removeAttribute("aria-disabled");
      }
    };
  }

  async function film(part) {
    const video = part.querySelector("video");
    const tell = (text) => (part.querySelector(".say").textContent = text);
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user", width: 640 } });
      part.querySelector(".frame").hidden = false;
      video.srcObject = stream;
      await video.play();
    } catch {
      stream?.getTracks().forEach((track) => track.stop());
      return tell(part.dataset.blocked);
    }
    let lost = false;
    for (const prompt of part.querySelectorAll("[data-url]")) {
      tell(prompt.textContent);
      speak(prompt.textContent);
      await wait(LEAD);
      if ((lost = !(await send(part, prompt.dataset.url, await shots(video))))) break;
    }
    stream.getTracks().forEach((track) => track.stop());
    if (lost) return tell(part.dataset.lost);
    tell(part.dataset.sending);
    part.querySelector("form").requestSubmit();
  }

  async function shots(video) {
    const canvas = document.createElement("canvas");
    canvas.width = WIDTH;
    canvas.height = Math.round((WIDTH * video.videoHeight) / video.videoWidth);
    const found = [];
    for (let n = 0; n < FRAMES; n++) {
      canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
      found.push(await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8)));
      await wait(GAP);
    }
    return found;
  }

  async function send(part, url, pictures) {
    const form = new FormData();
    form.append("csrf_token", part.querySelector("[name=csrf_token]").value);
    pictures.forEach((one) => form.append("frames", one, "frame.jpg"));
    try {
      return (await fetch(url, { method: "POST", body: form })).ok;
    } catch {
      return false;
    }
  }

  // Aloud where the browser has a voice for the page's language.
  function speak(text) {
    const language = document.documentElement.lang.slice(0, 2);
    const voice = window.speechSynthesis?.getVoices().find((one) => one.lang.startsWith(language));
    if (!voice) return;
    const said = new SpeechSynthesisUtterance(text);
    said.voice = voice;
    said.lang = voice.lang;
    speechSynthesis.cancel();
    speechSynthesis.speak(said);
  }

  const look = () => document.querySelectorAll("[data-camera]:not([data-ready])").forEach(begin);
  document.addEventListener("htmx:after:swap", look);
  look();
})();
