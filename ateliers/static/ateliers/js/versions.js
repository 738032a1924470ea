// Says that someone else changed the synthesis that is open here. Nothing is replaced: what is being typed stays.
const CADENCE = 15_000;
const avis = document.getElementById("autre-version");

async function demander() {
  if (document.hidden) return;
  const reponse = await fetch(avis.dataset.adresse).catch(() => null);
  if (!reponse?.ok) return;
  const { marque, qui, quand } = await reponse.json();
  if (marque === avis.dataset.marque) return;
  const dit = qui ? avis.dataset.dit.replace("{qui}", qui) : avis.dataset.sans;
  avis.querySelector("b").textContent = dit.replace("{quand}", quand);
  avis.hidden = false;
}

if (avis?.dataset.marque) {
  setInterval(demander, CADENCE);
  addEventListener("focus", demander);
}
