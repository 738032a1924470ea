// The words are in the page (translated there); this module only picks and counts.

const source = () => (document.getElementById("mots") || document.body).dataset;

/** The sentence called `nom`, with {n} replaced. */
export const mot = (nom, n = "") => (source()[nom] || "").replace("{n}", n);

/** The sentence that fits a number, of the page or of `mots`: data-x-0, data-x-1 (0 and 1 are singular), data-x-n. */
export function compter(nom, n, mots = source()) {
  const zero = n === 0 && mots[`${nom}-0`];
  return (zero || (n < 2 && mots[`${nom}-1`]) || mots[`${nom}N`] || "").replace("{n}", n);
}

/** A copy of the shape `forme-<nom>` of the page, as an element. */
export const forme = (nom) => document.getElementById(`forme-${nom}`).content.firstElementChild.cloneNode(true);

/** Put a banner in `boite` (replacing what it holds): a title and, if any, a text; return it. */
export function bandeau(boite, genre, titre, texte = "") {
  const bloc = forme(genre);
  bloc.querySelector("[data-titre]").textContent = titre;
  const second = bloc.querySelector("[data-texte]");
  if (second) {
    if (texte) second.textContent = texte;
    else second.remove();
  }
  boite.replaceChildren(bloc);
  return bloc;
}

/** How long ago, from milliseconds: as the server says it. */
export function ilYA(ms) {
  const minutes = Math.floor(ms / 60000);
  if (minutes < 1) return mot("instant");
  return minutes < 60 ? mot("minutes", minutes) : mot("heures", Math.floor(minutes / 60));
}
