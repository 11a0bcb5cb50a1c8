// The drop zone: a file chosen or dropped anywhere on the page is sent, and what it is shown.
const dialog = document.getElementById("dialog");
const body = document.getElementById("dialog-body");
const zone = document.getElementById("zone");
const words = JSON.parse(document.getElementById("words").textContent);

function open() {
  const drop = zone.content.cloneNode(true);
  drop.querySelector("input").addEventListener("change", ({ target }) => target.files.length && verify(target.files[0]));
  body.replaceChildren(drop);
  if (!dialog.open) dialog.showModal();
}

async function verify(file) {
  open();
  const status = body.querySelector("[role=status]");
  status.textContent = words["page-verify-reading"];
  const form = new FormData();
  form.append("file", file);
  try {
    const answer = await fetch("/verify", { method: "POST", body: form });
    if (!answer.ok) {
      status.textContent = (await answer.json()).sentence;
      return;
    }
    const said = await answer.text();
    // Below the answer the zone stays, for the next file.
    body.prepend(...new DOMParser().parseFromString(said, "text/html").body.childNodes);
    body.querySelector(".drop h2").remove();
    status.textContent = "";
  } catch {
    status.textContent = words["page-offline"];
  }
}

document.getElementById("verify").addEventListener("click", open);
const carries = (event) => event.dataTransfer?.types.includes("Files");
// Pictures dropped on the prompt start a clip; all else that is dropped is looked at.
const isPrompt = (event) => event.target.closest?.("#ask");
document.addEventListener("dragover", (event) => {
  if (carries(event)) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const [file] = event.dataTransfer?.files ?? [];
  if (!file || (isPrompt(event) && file.type.startsWith("image/"))) return;
  event.preventDefault();
  verify(file);
});
