// The panel of cameos: draws what the server says and sends back what is pressed; films with the camera.
const dialog = document.getElementById("dialog");
const body = document.getElementById("dialog-body");
const opener = document.getElementById("cameo");
const words = JSON.parse(document.getElementById("words").textContent);
//: Seconds of a film at most.
const LONGEST = 45;
let camera = null;

function element(name, values) {
  return Object.assign(document.createElement(name), values);
}

function draw(panel) {
  stop();
  const parts = [];
  const own = panel.form && panel.form.kind !== "film";
  const [first, ...rest] = (own ? panel.form.title : panel.title).split("\n");
  const text = element("div", { className: "panel-text", tabIndex: -1 });
  text.append(element("h2", { id: "dialog-title", textContent: first }));
  if (rest.length) text.append(element("p", { className: "plain", textContent: rest.join("\n") }));
  parts.push(text);
  if (panel.picture) parts.push(element("img", { className: "still", src: panel.picture, alt: "" }));
  if (panel.film) {
    const address = `/cameo/clips/${panel.film}`;
    parts.push(element("video", { src: `${address}/video`, poster: `${address}/poster`, controls: true, loop: true, playsInline: true, className: "draft" }));
  }
  if (panel.items.length) {
    const list = element("ul", { className: "uses" });
    list.append(...panel.items.map(item));
    parts.push(list);
  }
  for (const keys of panel.rows) {
    const row = element("div", { className: "buttons" });
    row.append(...keys.map(button));
    parts.push(row);
  }
  if (panel.form) parts.push(form(panel.form));
  parts.push(element("p", { className: "refusal", role: "alert" }));
  body.replaceChildren(...parts);
  body.classList.toggle("filming", panel.form?.kind === "film");
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  text.focus({ preventScroll: true });
  if (panel.download) location.href = "/cameo/export";
  count();
}

function item({ text, key, clip }) {
  const made = document.getElementById("cameo-item").content.firstElementChild.cloneNode(true);
  const picture = made.querySelector("img");
  if (clip) {
    picture.src = `/cameo/clips/${clip}/poster`;
    picture.addEventListener("error", () => picture.remove());
  } else picture.remove();
  made.querySelector("p").textContent = text;
  made.append(button(key));
  return made;
}

function button({ data, label, grave }) {
  const made = element("button", { type: "button", textContent: label, className: grave ? "grave" : "" });
  made.addEventListener("click", () => press(data, made));
  return made;
}

async function press(data, pressed) {
  if (pressed) pressed.disabled = true;
  await send("/cameo/press", JSON.stringify({ data }), { "Content-Type": "application/json" });
  if (pressed) pressed.disabled = false;
}

async function send(address, content, headers = {}) {
  try {
    const answer = await fetch(address, { method: "POST", body: content, headers });
    const said = await answer.json();
    if (answer.ok) return draw(said);
    refuse(said.sentence);
  } catch {
    refuse(words["page-offline"]);
  }
}

function refuse(sentence) {
  const place = body.querySelector(".refusal");
  if (place) place.textContent = sentence;
}

function form(asked) {
  const made = document.getElementById(`cameo-${asked.kind}`).content.firstElementChild.cloneNode(true);
  for (const name of ["handle", "looks", "restrictions"]) {
    const field = made.elements[name];
    if (field) field.value = asked[name];
  }
  if (asked.kind === "film") film(made);
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    const done = made.querySelector(":scope > .send");
    refuse("");
    if (asked.kind === "words") {
      const { looks, restrictions } = Object.fromEntries(new FormData(made));
      return send("/cameo/words", JSON.stringify({ cameo: asked.cameo, looks, restrictions }), { "Content-Type": "application/json" });
    }
    const filled = new FormData(made);
    if (camera?.film) filled.set("film", camera.film, "film");
    if (!filled.get("film")?.size) return refuse(words["page-cameo-no-film"]);
    const label = done.textContent;
    done.disabled = true;
    done.textContent = words["panel-film-looking"];
    await send(made.getAttribute("action"), filled);
    done.disabled = false;
    done.textContent = label;
  });
  return made;
}

// Without a secure address or a recorder there is no camera here: the file field opens the phone's own.
function film(made) {
  if (!navigator.mediaDevices?.getUserMedia || typeof MediaRecorder === "undefined") return;
  const box = made.querySelector(".camera");
  const screen = box.querySelector("video");
  const clock = box.querySelector(".clock");
  const key = box.querySelector(".record");
  box.hidden = false;
  key.addEventListener("click", async () => {
    if (camera?.recorder?.state === "recording") return camera.recorder.stop();
    refuse("");
    if (!camera) {
      try {
        camera = { stream: await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user", width: { ideal: 720 } }, audio: true }) };
      } catch {
        return refuse(words["page-cameo-no-camera"]);
      }
      screen.srcObject = camera.stream;
      await screen.play();
      key.textContent = words["page-cameo-record"];
      key.scrollIntoView({ block: "nearest" });
      return;
    }
    record(camera, clock, key);
  });
}

function record(with_, clock, key) {
  const type = ["video/mp4", "video/webm"].find((each) => MediaRecorder.isTypeSupported(each));
  const recorder = new MediaRecorder(with_.stream, { mimeType: type, videoBitsPerSecond: 2_500_000 });
  const chunks = [];
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 1000);
  const tick = setInterval(() => {
    clock.textContent = `● ${seconds()} s`;
    if (seconds() >= LONGEST) recorder.stop();
  }, 250);
  recorder.addEventListener("dataavailable", ({ data }) => chunks.push(data));
  recorder.addEventListener("stop", () => {
    clearInterval(tick);
    with_.film = new Blob(chunks, { type });
    clock.textContent = `✓ ${seconds()} s`;
    key.textContent = words["page-cameo-again"];
  });
  with_.recorder = recorder;
  recorder.start();
  key.textContent = words["page-cameo-stop"];
}

function stop() {
  camera?.stream.getTracks().forEach((track) => track.stop());
  camera = null;
}

async function count() {
  try {
    const { count: waiting } = await (await fetch("/cameo/asked")).json();
    opener.dataset.waiting = waiting || "";
  } catch {
    return;
  }
}

opener.addEventListener("click", () => {
  body.replaceChildren(element("p", { className: "refusal", role: "alert" }));
  press("cameo:home:0:");
});
dialog.addEventListener("close", stop);
count();
setInterval(() => document.visibilityState === "visible" && count(), 20_000);
