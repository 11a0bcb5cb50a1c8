// The page of the room: keeps the feed of cards as the server's events say, and sends what is typed.
const words = JSON.parse(document.getElementById("words").textContent);
const feed = document.getElementById("feed");
const empty = document.getElementById("empty");
const status = document.getElementById("status");
const sentence = document.getElementById("sentence");
const dialog = document.getElementById("dialog");
const blank = document.getElementById("card");
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const items = new Map();

function show(card) {
  let item = items.get(card.code);
  const fresh = !item;
  if (fresh) {
    item = blank.content.firstElementChild.cloneNode(true);
    item.id = `clip-${card.code}`;
    items.set(card.code, item);
    item.querySelector(".change").addEventListener("submit", (event) => change(event, item));
  }
  const before = item.card;
  item.card = card;
  const atEnd = innerHeight + scrollY > document.body.scrollHeight - 160;
  item.className = `card ${card.state === "cancelled" ? "failed" : card.state}`;
  item.querySelector(".words").textContent = card.words || card.made;
  item.querySelector(".made").textContent = `${card.made} · ${card.understood}`;
  item.querySelector(".standing").textContent = card.standing;
  const notes = item.querySelector(".notes");
  notes.hidden = !card.notes.length;
  notes.replaceChildren(...card.notes.map((note) => Object.assign(document.createElement("li"), { textContent: note })));
  const open = card.state === "waiting" || card.state === "rendering";
  const bar = item.querySelector("progress");
  bar.hidden = !open;
  if (card.state === "rendering") bar.value = card.percent;
  else bar.removeAttribute("value");
  bar.setAttribute("aria-label", card.code);
  if (!before || before.state !== card.state || before.preview !== card.preview) screen(item, card);
  if (!before || before.state !== card.state) buttons(item, card);
  if (before && before.state !== card.state) status.textContent = `${card.code}: ${card.standing || card.made}`;
  if (fresh) feed.append(item);
  if (fresh && atEnd) item.scrollIntoView({ block: "end", behavior: calm ? "auto" : "smooth" });
}

function screen(item, card) {
  const box = item.querySelector(".screen");
  box.style.aspectRatio = card.shape;
  box.style.maxHeight = "70vh";
  box.style.margin = "0 auto";
  box.style.maxWidth = `calc(70vh * ${card.shape})`;
  box.className = card.state === "done" ? "screen" : "screen waiting";
  if (card.state === "done") {
    const video = document.createElement("video");
    Object.assign(video, {
      src: `/clips/${card.code}/video`, poster: `/clips/${card.code}/poster`,
      controls: true, loop: true, muted: true, playsInline: true, preload: "metadata", autoplay: !calm,
    });
    video.setAttribute("aria-label", `${card.code}: ${card.words}`);
    box.replaceChildren(video);
  } else if (card.preview) {
    const picture = document.createElement("img");
    picture.alt = "";
    picture.src = `/clips/${card.code}/preview?${card.preview}`;
    box.replaceChildren(picture);
  } else {
    const dots = document.createElement("span");
    dots.className = "dots";
    dots.textContent = "•••";
    dots.setAttribute("aria-hidden", "true");
    box.replaceChildren(dots);
  }
}

function buttons(item, card) {
  const names = { done: ["remix", "again", "extend", "chain", "tree", "info", "report"] }[card.state] ?? [];
  if (card.mine && card.state === "done") names.push("delete");
  if (card.mine && (card.state === "waiting" || card.state === "rendering")) names.push("cancel");
  item.querySelector(".buttons").replaceChildren(...names.map((name) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words[name];
    button.dataset.act = name;
    button.addEventListener("click", () => press(name, item, button));
    return button;
  }));
}

async function press(name, item, button) {
  const { code } = item.card;
  if (name === "remix" || name === "extend") return ask(name, item);
  if (name === "chain" || name === "tree" || name === "report") return picture(`/clips/${code}/${name}`);
  if (name === "info") return info(code);
  if (name === "delete" && !confirm(words["page-delete-sure"])) return;
  button.disabled = true;
  await send(`/clips/${code}/${name}`, "", (text, said) => refuse(item, text, said));
  button.disabled = false;
}

function ask(name, item) {
  const form = item.querySelector(".change");
  const field = form.querySelector("textarea");
  form.hidden = !form.hidden && form.dataset.act === name;
  form.dataset.act = name;
  form.querySelector("span").textContent = words[name === "remix" ? "field-change" : "field-next"];
  form.querySelector("button").textContent = words[name];
  field.value = "";
  if (!form.hidden) field.focus();
}

async function change(event, item) {
  event.preventDefault();
  const form = event.target;
  const field = form.querySelector("textarea");
  const done = await send(`/clips/${item.card.code}/${form.dataset.act}`, field.value, (text, said) => refuse(item, text, said));
  if (done) form.hidden = true;
}

function refuse(item, text, said) {
  let place = item.querySelector(".refusal");
  if (!place) {
    place = document.createElement("p");
    place.className = "refusal";
    place.setAttribute("role", "alert");
    item.append(place);
  }
  place.textContent = text;
  offer(place, said, (text, said) => refuse(item, text, said));
}

// Somebody has to agree first: a button asks them.
function offer(place, said, refused) {
  if (!said?.ask) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = said.label;
  button.addEventListener("click", async () => {
    button.disabled = true;
    const card = await send(`/ask/${said.ask}`, "", refused);
    if (!card) return;
    say("");
    show(card);
  });
  place.append(" ", button);
}

// The same key is sent again after a broken connection, so that one wish is one clip.
async function send(address, text, refused, file) {
  const key = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  const wish = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ words: text, key }) };
  if (file) {
    const body = new FormData();
    body.append("words", text);
    body.append("key", key);
    body.append("picture", file);
    Object.assign(wish, { headers: {}, body });
  }
  for (let tries = 0; tries < 4; tries += 1) {
    try {
      const answer = await fetch(address, wish);
      const said = await answer.json();
      if (!answer.ok) {
        refused(said.sentence, said);
        return false;
      }
      document.querySelectorAll(".card .refusal").forEach((old) => old.remove());
      return said.card;
    } catch {
      refused(words["page-offline"]);
      await new Promise((wake) => setTimeout(wake, 800 * 2 ** tries));
    }
  }
  refused(words.trouble);
  return false;
}

async function picture(address) {
  const answer = await fetch(address);
  const body = document.getElementById("dialog-body");
  if (answer.ok) body.innerHTML = new DOMParser().parseFromString(await answer.text(), "text/html").body.innerHTML;
  else body.textContent = await answer.text();
  dialog.showModal();
  body.querySelector(".asked")?.scrollIntoView({ block: "center", inline: "center" });
}

async function info(code) {
  const text = document.createElement("p");
  text.className = "plain";
  text.id = "dialog-title";
  text.textContent = await (await fetch(`/clips/${code}/info`)).text();
  document.getElementById("dialog-body").replaceChildren(text);
  dialog.showModal();
}

const form = document.getElementById("ask");
const prompt = document.getElementById("prompt");
const say = (text, said) => {
  sentence.hidden = !text;
  sentence.textContent = text;
  offer(sentence, said, say);
};
prompt.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
prompt.addEventListener("input", () => {
  prompt.style.height = "auto";
  prompt.style.height = `${prompt.scrollHeight}px`;
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  say("");
  if (/^\/(help|aide)\b/i.test(prompt.value.trim())) {
    prompt.value = "";
    return help();
  }
  const card = await send("/create", prompt.value, say, picked);
  if (!card) return;
  say("");
  choose(null);
  prompt.value = "";
  prompt.style.height = "auto";
  show(card);
  items.get(card.code).scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
});
// A picture to start from: chosen, pasted or dropped.
const chosen = document.getElementById("chosen");
const picker = document.getElementById("picture");
let picked = null;
function choose(file) {
  picked = file;
  chosen.hidden = !file;
  const image = chosen.querySelector("img");
  if (image.src) URL.revokeObjectURL(image.src);
  if (file) image.src = URL.createObjectURL(file);
  else image.removeAttribute("src");
  picker.value = "";
}
const shown = (files) => [...files].find((file) => file.type.startsWith("image/"));
picker.addEventListener("change", () => picker.files.length && choose(picker.files[0]));
chosen.querySelector("button").addEventListener("click", () => choose(null));
prompt.addEventListener("paste", ({ clipboardData }) => {
  const file = shown(clipboardData.files);
  if (file) choose(file);
});
form.addEventListener("dragover", (event) => event.preventDefault());
form.addEventListener("drop", (event) => {
  event.preventDefault();
  const file = shown(event.dataTransfer.files);
  if (file) choose(file);
});

async function help() {
  await picture("/help");
}
document.getElementById("help").addEventListener("click", help);
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());

const events = new EventSource("/feed");
events.addEventListener("open", () => sentence.textContent === words["page-offline"] && say(""));
events.addEventListener("error", () => say(words["page-offline"]));
events.addEventListener("message", ({ data }) => {
  const { all, cards, gone } = JSON.parse(data);
  if (all) for (const code of items.keys()) if (!cards.some((card) => card.code === code)) gone.push(code);
  for (const code of gone) {
    items.get(code)?.remove();
    items.delete(code);
  }
  cards.forEach(show);
  empty.hidden = items.size > 0;
  const shown = document.getElementById(`clip-${feed.dataset.shown}`);
  if (all && shown) {
    shown.scrollIntoView({ block: "center" });
    shown.focus();
  } else if (all) scrollTo(0, document.body.scrollHeight);
});
