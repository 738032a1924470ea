// Ranking with a script: "Classer", then up and down, in the place of the numbers. Same fields sent, always all of them.

import { compter, forme, mot } from "./mots.js";
import { choix } from "./vote.js";

/** Turn the lists of places into buttons. `gardes`: {name: place} left unsent. `surChange(champs)` at each touch. */
export function poserClassement(formulaire, gardes, surChange) {
  const max = Number(formulaire.dataset.places);
  const cartes = [...formulaire.querySelectorAll("[data-piste]")].map((carte) => enBoutons(carte, gardes));
  const reste = formulaire.querySelector("#restantes");
  let ordre = cartes.filter(({ champ }) => Number(champ.value)).sort((a, b) => a.champ.value - b.champ.value);

  function dessiner() {
    cartes.forEach((carte) => carte.dessiner(ordre.indexOf(carte), ordre.length, max));
    const dits = ordre.map(({ numero }) => `n°\u00a0${numero}`);
    dire(ordre.length ? mot("ordre", dits.join(", ")) : mot("aucune"));
  }

  function dire(texte) {
    const fort = document.createElement("strong");
    fort.textContent = texte;
    reste.replaceChildren(fort);
  }

  function bouger(suivant) {
    ordre = suivant;
    dessiner();
    surChange(choix(formulaire));
  }

  const echanger = (rang, autre) => {
    if (!ordre[rang] || !ordre[autre]) return;
    const suivant = [...ordre];
    [suivant[rang], suivant[autre]] = [suivant[autre], suivant[rang]];
    bouger(suivant);
  };

  cartes.forEach((carte) => {
    const rang = () => ordre.indexOf(carte);
    carte.classer.addEventListener("click", () => {
      if (ordre.length >= max) return dire(mot("pleine"));
      bouger([...ordre, carte]);
      return carte.monter.focus();
    });
    carte.retirer.addEventListener("click", () => {
      bouger(ordre.filter((autre) => autre !== carte));
      carte.classer.focus();
    });
    carte.monter.addEventListener("click", () => echanger(rang(), rang() - 1));
    carte.descendre.addEventListener("click", () => echanger(rang(), rang() + 1));
  });
  dessiner();
}

function enBoutons(carte, gardes) {
  const { piste, numero } = carte.dataset;
  const ancien = carte.querySelector("fieldset");
  const champ = document.createElement("input");
  champ.type = "hidden";
  champ.name = `piste-${piste}`;
  champ.value = gardes?.[champ.name] ?? ancien.querySelector("select").value;
  const bloc = forme("classer");
  const boutons = Object.fromEntries(
    ["classer", "monter", "descendre", "retirer"].map((nom) => [nom, bloc.querySelector(`[data-${nom}]`)]),
  );
  const place = bloc.querySelector("[data-place]");
  bloc.setAttribute("aria-label", mot("piste", numero));
  Object.values(boutons).forEach((bouton) => bouton.append(pour(numero)));
  ancien.replaceWith(champ, bloc);
  return {
    ...boutons,
    numero,
    champ,
    /** `rang`: from 0; below, not ranked. */
    dessiner(rang, combien, max) {
      const classee = rang >= 0;
      champ.value = String(rang + 1);
      place.textContent = classee ? compter("place", rang + 1) : "";
      boutons.classer.hidden = classee;
      bloc.querySelector("[data-range]").hidden = !classee;
      // Not `disabled`: the button would lose the focus under the finger that has just pressed it.
      boutons.classer.setAttribute("aria-disabled", String(combien >= max));
      boutons.monter.setAttribute("aria-disabled", String(rang === 0));
      boutons.descendre.setAttribute("aria-disabled", String(rang === combien - 1));
      carte.classList.toggle("neuve", classee);
    },
  };
}

/** Which piste a button is of, for those who hear it alone. */
function pour(numero) {
  const dit = document.createElement("span");
  dit.className = "vh";
  dit.textContent = ` : ${mot("piste", numero)}`;
  return dit;
}
