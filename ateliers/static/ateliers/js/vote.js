// Voting with a script: + and − instead of numbers, one piste a screen instead of a long page. Same fields sent.

import { compter, forme, mot } from "./mots.js";

const NOM = (piste) => `piste-${piste}`;

/** Turn the numbers into + and −. `gardes`: {name: value} left unsent. `surChange(champs)` at each touch. */
export function poserGommettes(formulaire, gardes, surChange) {
  const total = Number(formulaire.dataset.gommettes);
  const cartes = [...formulaire.querySelectorAll("[data-piste]")].map((carte) => enBoutons(carte, gardes));
  const depense = () => cartes.reduce((somme, carte) => somme + carte.valeur(), 0);
  const reste = formulaire.querySelector("#restantes");
  const dessin = formulaire.querySelector("#dessin");

  function dessiner() {
    const restantes = total - depense();
    cartes.forEach((carte) => carte.dessiner(restantes));
    direReste(compter("restantes", restantes));
    dessin.hidden = restantes <= 0;
    if (total <= 5) dessin.replaceChildren(...ronds(restantes, total));
  }

  function direReste(texte) {
    const fort = document.createElement("strong");
    fort.textContent = texte;
    reste.replaceChildren(fort);
  }

  cartes.forEach((carte) => {
    const bouger = (pas) => {
      const valeur = carte.valeur() + pas;
      if (valeur < 0) return;
      if (pas > 0 && depense() >= total) return void direReste(mot("retirez"));
      carte.poser(valeur);
      dessiner();
      surChange(choix(formulaire));
    };
    carte.plus.addEventListener("click", () => bouger(1));
    carte.moins.addEventListener("click", () => bouger(-1));
  });
  if (depense() > total) cartes.forEach((carte) => carte.poser(0));
  dessiner();
}

function enBoutons(carte, gardes) {
  const { piste, numero } = carte.dataset;
  const ancien = carte.querySelector("fieldset");
  const choisi = ancien.querySelector("input:checked, select");
  const champ = document.createElement("input");
  champ.type = "hidden";
  champ.name = NOM(piste);
  champ.value = gardes?.[champ.name] || choisi?.value || "0";
  const bloc = forme("poser");
  const [plus, moins] = [bloc.querySelector("[data-plus]"), bloc.querySelector("[data-moins]")];
  bloc.setAttribute("aria-label", mot("piste", numero));
  plus.setAttribute("aria-label", mot("poser", numero));
  moins.setAttribute("aria-label", mot("retirer", numero));
  ancien.replaceWith(champ, bloc);
  return {
    plus,
    moins,
    valeur: () => Number(champ.value),
    poser: (valeur) => (champ.value = valeur),
    dessiner(restantes) {
      const n = Number(champ.value);
      // Not `disabled`: the button would lose the focus under the finger that has just pressed it.
      plus.setAttribute("aria-disabled", String(restantes <= 0));
      moins.setAttribute("aria-disabled", String(n === 0));
      bloc.querySelector(".gommettes").replaceChildren(...ronds(n, n));
      const dit = bloc.querySelector("[data-nombre]");
      dit.textContent = compter("gommettes", n);
      dit.className = n && n <= 5 ? "vh" : n ? "" : "discret";
      carte.classList.toggle("neuve", n > 0);
    },
  };
}

/** Dots as drawn on a card: `pleins` of `total`, five at most. */
export function ronds(pleins, total) {
  return Array.from({ length: Math.min(total, 5) }, (_, rang) => {
    const rond = document.createElement("i");
    if (rang >= pleins) rond.className = "vide";
    return rond;
  });
}

/** The choices made in a vote form, {"piste-12": "2"}. */
export function choix(formulaire) {
  return Object.fromEntries([...new FormData(formulaire)].filter(([nom]) => nom.startsWith("piste-")));
}

/** Show one piste at a time. `surChoix(champs)` when leaving a piste that has an answer, `surFin()` after the last. */
export function unParUn(formulaire, surChoix, surFin) {
  const avis = [...formulaire.querySelectorAll("[data-piste]")];
  if (!avis.length) return;
  const pas = forme("pas-a-pas");
  const [suivante, passer, precedente] = ["suivante", "passer", "precedente"].map((nom) =>
    pas.querySelector(`[data-${nom}]`),
  );
  const encore = "encore" in formulaire.dataset; // another window comes after this one
  formulaire.classList.add("un-par-un");
  formulaire.append(pas);
  const choisi = (rang) => avis[rang].querySelector("input:checked");
  let ici = avis.findIndex((_, rang) => !choisi(rang));
  if (ici < 0) ici = 0;

  function montrer(attentif = true) {
    avis.forEach((bloc, rang) => (bloc.hidden = rang !== ici));
    suivante.querySelector("span").textContent = mot(ici === avis.length - 1 && !encore ? "derniere" : "suivante");
    precedente.hidden = ici === 0;
    preparer();
    if (attentif) {
      avis[ici].focus({ preventScroll: true });
      scrollTo(0, 0);
    }
  }
  const preparer = () => suivante.setAttribute("aria-disabled", String(!choisi(ici)));
  function avancer() {
    const reponse = choisi(ici);
    if (reponse) surChoix({ [reponse.name]: reponse.value });
    if (ici === avis.length - 1) return surFin();
    ici += 1;
    return montrer();
  }
  formulaire.addEventListener("change", preparer);
  suivante.addEventListener("click", () => choisi(ici) && avancer());
  passer.addEventListener("click", () => {
    avis[ici].querySelector("input[value='0']").checked = true;
    avancer();
  });
  precedente.addEventListener("click", () => {
    ici -= 1;
    montrer();
  });
  montrer(false);
}
