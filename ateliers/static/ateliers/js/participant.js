// The phone of someone who takes part. The page is complete without this; with it, acts do not lose the place,
// what happens in the room arrives by itself, and a cut network loses nothing.

import * as actes from "./actes.js";
import * as brouillon from "./brouillon.js";
import { horloge, suivre } from "./direct.js";
import { changer, laisserFinir } from "./ecran.js";
import { entreGuillemets, mettreAJour, vieillir } from "./listes.js";
import { effacerTout } from "./memoire.js";
import * as minuteur from "./minuteur.js";
import { bandeau, compter, forme, mot } from "./mots.js";
import { choix, poserGommettes, unParUn } from "./vote.js";

const par = (id) => document.getElementById(id);
const main = () => par("contenu");
const formulaire = () => par("acte");
const maintenant = () => horloge.maintenant();
const annonce = document.createElement("p");
annonce.className = "vh";
annonce.setAttribute("role", "status");
document.body.append(annonce);

let touche = false; // gommettes moved and not sent
let fini = false; // the ballot was handed in: what follows is its confirmation
let arreterGrace = null;
let dernier = null; // the last state received

const dire = (texte) => (annonce.textContent = texte);

// — Installing a screen: at load, and each time the step changes

function installer() {
  touche = fini = false;
  if (arreterGrace) arreterGrace();
  arreterGrace = null;
  minuteur.lancer(maintenant, dire, surSeconde);
  const sortir = document.querySelector("[data-sortir]");
  sortir.addEventListener("submit", () => effacerTout(`germoir:${main().dataset.moi}:`));
  const acte = formulaire();
  if (!acte) return;
  ({ proposition: installerTexte, gommettes: installerGommettes, accord: installerAccord })[acte.dataset.acte](acte);
}

function installerTexte(acte) {
  const champ = par("texte");
  brouillon.garderTexte(champ, brouillon.cleBrouillon(main()));
  champ.addEventListener("input", compterSignes);
  compterSignes();
  acte.addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    const texte = champ.value.trim();
    if (!texte) {
      bandeau(par("reponse"), "non", mot("vide"));
      champ.focus();
      return;
    }
    par("refus")?.remove();
    occuper(true);
    deposer("proposition", { texte: champ.value }, texte);
  });
}

function compterSignes() {
  const champ = par("texte");
  const reste = champ.maxLength - champ.value.length;
  par("texte-compte").hidden = reste > 40;
  par("texte-compte").textContent = reste > 40 ? "" : compter("signes", reste);
}

function installerGommettes(acte) {
  const cle = brouillon.cleBrouillon(main());
  const gardes = brouillon.garde(cle);
  touche = Boolean(gardes);
  poserGommettes(acte, gardes, (champs) => {
    touche = true;
    brouillon.garder(cle, champs);
  });
  acte.addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    touche = false;
    fini = true;
    occuper(true);
    deposer("gommettes", choix(acte));
  });
}

function installerAccord(acte) {
  const finir = () => {
    fini = true;
    occuper(true);
    if (actes.enAttente()) actes.envoyer();
    else changerEcran(0);
  };
  acte.addEventListener("submit", (evenement) => evenement.preventDefault());
  // A few choices leave together: forty pistes are not forty sendings per person.
  unParUn(acte, (champs) => deposer("accord", champs, "", 2000), finir);
}

function occuper(occupe) {
  const acte = formulaire();
  if (!acte) return;
  acte.setAttribute("aria-busy", String(occupe));
  acte.querySelectorAll("button:not([type=button])").forEach((bouton) => (bouton.disabled = occupe));
}

// — Acts: put in the outbox, and what comes back

function deposer(genre, champs, texte = "", delai = 0) {
  par("reponse").replaceChildren();
  const cle = formulaire().querySelector("[name=cle]");
  actes.deposer({ genre, champs, texte, cle: cle.value, url: formulaire().getAttribute("action") }, delai);
  cle.value = actes.nouvelleCle();
}

const suites = {
  recu(acte, reponse) {
    par("avis").replaceChildren();
    if (acte.genre === "proposition") propositionRecue(acte, reponse.proposition);
    else voteRecu();
  },
  refuse(acte, refus) {
    occuper(false);
    const champ = par("texte");
    const rendu = champ && (!champ.value.trim() || champ.value.trim() === acte.texte);
    if (rendu && acte.texte) champ.value = acte.texte;
    const suite = rendu || !acte.texte ? "" : entreGuillemets(acte.texte);
    bandeau(par("reponse"), "non", refus.message || mot("refuse"), suite).focus();
    if (acte.genre === "gommettes") touche = true;
    fini = false;
  },
  attend(file, acte) {
    const texte = acte.genre === "proposition" ? mot("horsTexte") : mot("horsVotes");
    occuper(false);
    if (acte.genre === "proposition") viderTexte(acte.texte);
    const bloc = bandeau(par("avis"), "attend", mot("hors"), `${texte} ${compter("attente", file.length)}`);
    bloc.querySelector("[data-texte]").after(...file.filter(({ texte: dit }) => dit).map(({ texte: dit }) => citer(dit)));
  },
};

function citer(texte) {
  const p = document.createElement("p");
  p.dir = "auto";
  p.className = "tel-quel";
  p.textContent = entreGuillemets(texte);
  return p;
}

function propositionRecue(acte, mienne) {
  occuper(false);
  viderTexte(acte.texte);
  const merci = formulaire()?.dataset.merci || mot("arrive");
  bandeau(par("reponse"), "bien", merci, entreGuillemets(mienne.texte)).focus();
  if (par("miennes")) ajouterMienne(mienne);
  if (arreterGrace) changerEcran();
}

/** The outbox now holds these words: empty the field, unless something else was typed meanwhile. */
function viderTexte(texte) {
  const champ = par("texte");
  if (!champ || champ.value.trim() !== texte) return;
  champ.value = "";
  brouillon.oublier(brouillon.cleBrouillon(main()));
  compterSignes();
}

function ajouterMienne(mienne) {
  const li = forme("mienne");
  li.querySelector(".dit").textContent = entreGuillemets(mienne.texte);
  const dessin = { affichee: "i-ok", a_relire: "i-horloge" }[mienne.etat] || "i-attention";
  li.querySelector("use").setAttribute("href", `#${dessin}`);
  li.querySelector(".etat-mien span").textContent = mienne.mot;
  par("miennes").prepend(li);
  par("bloc-miennes").hidden = false;
}

function voteRecu() {
  if (actes.enAttente()) return;
  if (touche) return; // dots were moved again since: they are still to be handed in
  brouillon.oublier(brouillon.cleBrouillon(main()));
  if (fini) changerEcran(0);
  else if (formulaire()?.dataset.acte !== "accord") bandeau(par("reponse"), "bien", mot("votesArrives"));
}

// — The room moves

const aFinir = () => Boolean(par("texte")?.value.trim()) || touche;

function surEtat(etat) {
  dernier = etat;
  const encore = etat.etape && `${etat.etape.id}` === main().dataset.etape;
  if (encore) minuteur.regler(etat.etape);
  mettreAJour(etat, maintenant());
  if (!etat.ecran || etat.ecran === main().dataset.ecran || arreterGrace) return;
  // The same step, paused or reworded: whoever is writing goes on; the page is fetched once they are done.
  if (encore && (aFinir() || actes.enAttente())) return;
  if (par("texte")?.value.trim()) {
    par("reste")?.setAttribute("hidden", ""); // the clock of a step that is over
    arreterGrace = laisserFinir(par("avis"), Number(main().dataset.grace), garderEtChanger);
  } else changerEcran();
}

function surSeconde(restant) {
  if (restant % 15 === 0) vieillir(maintenant());
  // Votes have no grace once closed: warn before.
  const acte = formulaire();
  if (restant === Number(main().dataset.grace) && touche && acte && acte.dataset.acte === "gommettes") {
    bandeau(par("avis"), "grace", mot("grace", restant));
  }
}

async function garderEtChanger() {
  const texte = par("texte").value;
  brouillon.garder(brouillon.cleBrouillon(main()), texte);
  await changerEcran();
  bandeau(par("reponse"), "non", mot("gardee"), entreGuillemets(texte));
}

async function changerEcran(etalement) {
  await changer(main().dataset.salle, installer, etalement);
  // What moved while the page was on its way.
  if (dernier && dernier.ecran === main().dataset.ecran) mettreAJour(dernier, maintenant());
}

function surConnexion(lien) {
  if (lien !== "coupee") actes.envoyer();
  if (actes.enAttente()) return; // the outbox speaks for itself
  if (lien === "coupee") bandeau(par("avis"), "attend", mot("hors"), mot("horsGarde"));
  else if (!arreterGrace) par("avis").replaceChildren();
}

const { salle, moi, etat, socket, jeton } = main().dataset;
actes.ouvrir(moi, salle, suites);
installer();
suivre({ url: etat, socket: `${socket}&jeton=${encodeURIComponent(jeton)}`, surEtat, surConnexion });
