// Acts of the facilitator: the same forms, sent without leaving the page. Refused or cut off, nothing typed is lost.

import { appeler } from "./attente.js";
import { lire } from "./morceaux.js";

/**
 * Send every form marked `data-acte` with fetch. `surPage(page, form)` gets the page the server answered with,
 * `horsReseau()` is called when it could not be reached.
 */
export function brancher({ surPage, horsReseau }) {
  document.addEventListener("submit", async (evenement) => {
    const form = evenement.target;
    if (!form.matches("form[data-acte]")) return;
    evenement.preventDefault();
    const bouton = evenement.submitter;
    if (form.getAttribute("aria-busy") === "true") return;
    form.setAttribute("aria-busy", "true");
    const adresse = bouton?.getAttribute("formaction") || form.getAttribute("action");
    try {
      const corps = new FormData(form, bouton);
      const { reponse, texte } = await appeler(adresse, {
        method: "POST",
        body: corps,
        headers: { Accept: "text/html" },
      });
      const page = lire(texte);
      if (reponse.status < 500) repondre(page, reponse, form, surPage);
      else if (page.querySelector(".plan-refus"))
        dire(page); // not now: the form stays as it is, to be sent again
      else horsReseau();
    } catch {
      horsReseau();
    }
    form.removeAttribute("aria-busy");
  });
}

function repondre(page, reponse, form, surPage) {
  const memeEcran =
    page.querySelector("main") && document.querySelector("main").matches("[data-console], [data-regrouper]");
  if (!memeEcran || !page.querySelector("main[data-console], main[data-regrouper]")) {
    location.assign(reponse.redirected ? reponse.url : location.href);
    return;
  }
  dire(page);
  const refuse = reponse.status >= 400;
  surPage(page, refuse && aDuTexte(form) ? null : form);
}

/** A refused form keeps what was typed in it; a refused button is shown again as things now stand. */
const aDuTexte = (form) =>
  [...form.elements].some((c) => c.matches("textarea, input[type=text], input:not([type])") && c.value);

/** Show what the server says: done (a message), or refused (a banner). */
function dire(page) {
  document.querySelectorAll("body > .messages, .plan-refus").forEach((vieux) => vieux.remove());
  const principal = document.querySelector("main");
  const refus = page.querySelector(".plan-refus");
  if (refus) principal.prepend(document.importNode(refus, true));
  const messages = page.querySelector("body > .messages");
  if (!messages) {
    document.getElementById("refus")?.scrollIntoView({ block: "nearest" });
    return;
  }
  const copie = document.importNode(messages, true);
  principal.before(copie);
  setTimeout(() => copie.remove(), 10_000);
}
