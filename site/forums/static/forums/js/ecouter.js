// Read a page aloud with the browser's own speech: no service. The button is shown only where a French voice is.

const voix = () => globalThis.speechSynthesis?.getVoices().find((v) => v.lang.startsWith("fr"));

function brancher(cadre) {
  const bouton = cadre.querySelector("button");
  const mots = bouton.querySelector("span");
  const ecouter = mots.textContent;
  const montrer = (lit) => {
    bouton.setAttribute("aria-pressed", String(lit));
    mots.textContent = lit ? bouton.dataset.arreter : ecouter;
  };
  bouton.addEventListener("click", () => {
    const lisait = bouton.getAttribute("aria-pressed") === "true";
    speechSynthesis.cancel();
    montrer(!lisait);
    if (lisait) return;
    const dits = [...document.querySelectorAll("h1, [data-lire]")].map((e) => e.textContent.trim());
    const dit = new SpeechSynthesisUtterance([...new Set(dits)].join(". "));
    Object.assign(dit, { voice: voix(), lang: "fr-FR", onend: () => montrer(false) });
    speechSynthesis.speak(dit);
  });
  cadre.hidden = false;
}

let pret = false;
function essayer() {
  if (pret || !voix()) return;
  pret = true;
  document.querySelectorAll("[data-ecouter]").forEach(brancher);
}

if (globalThis.speechSynthesis) {
  essayer();
  speechSynthesis.addEventListener?.("voiceschanged", essayer);
  addEventListener("pagehide", () => speechSynthesis.cancel());
}
