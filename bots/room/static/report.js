// Reporting a clip: the form in the dialog is sent, and the thanks take its place.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form.report")) return;
  event.preventDefault();
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  said.textContent = await answer.text();
  form.replaceWith(said);
});
