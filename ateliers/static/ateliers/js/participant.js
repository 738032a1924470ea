// The phone of someone who takes part. The page is complete without this; with it, acts do not lose the place,
// what happens in the room arrives by itself, and a cut network loses nothing.

import * as actes from "./actes.js";
import * as attentes from "./attentes.js";
import * as bulletin from "./bulletin.js";
import { horloge, suivre } from "./direct.js";
import { changer, laisserFinir } from "./ecran.js";
import * as ecriture from "./ecriture.js";
import { apresOrdre } from "./file.js";
import { entreGuillemets, mettreAJour, vieillir } from "./listes.js";
import { effacerTout } from "./memoire.js";
import * as minuteur from "./minuteur.js";
import { bandeau, mot } from "./mots.js";
import { garderPage, oublierPages, pageRecue, veiller } from "./veille.js";

const par = (id) => document.getElementById(id);
const main = () => par("contenu");
const formulaire = () => par("acte");
const maintenant = () => horloge.maintenant();
const annonce = document.createElement("p");
annonce.className = "vh";
annonce.setAttribute("role", "status");

let arreterGrace = null;
let dernier = null; // the last state received
let aRevoir = false; // the page comes from the phone: what is mine in it may be old
let suivi = null;

const dire = (texte) => (annonce.textContent = texte);
/** What follows one's own ideas, fetched once there are some: the first screen goes without. On one promise: two
 * imports of a module under way do not always answer in the order they were asked. */
let apportee = null;
async function precision(quoi, ...avec) {
  apportee ||= import("./precision.js");
  try {
    (await apportee)[quoi](...avec);
  } catch (rate) {
    apportee = null; // the next state tries again
    throw rate;
  }
}

// — Installing a screen: at load, and each time the step changes

function installer() {
  bulletin.oublier();
  apresOrdre(Number(main().dataset.ordre));
  attentes.guetter(document.querySelector(".retours"));
  if (arreterGrace) arreterGrace();
  arreterGrace = null;
  minuteur.lancer(maintenant, dire, surSeconde);
  document.querySelector("[data-sortir]").addEventListener("submit", sortir);
  const acte = formulaire();
  if (acte?.dataset.acte === "proposition") ecriture.installer(acte, deposer);
  if (acte?.dataset.acte === "question") import("./question.js").then((module) => module.installer(acte, deposer));
  if (acte?.dataset.acte === "gommettes") bulletin.installerEntier(acte, deposer, montrerArrives);
  if (acte?.dataset.acte === "accord") bulletin.installerAccord(acte, deposer, avisDonnes);
  if (acte?.dataset.places) classement(acte);
  else if (acte?.dataset.acte === "secret") bulletin.installerSecret(acte, deposer);
  attentes.montrer();
  if (document.querySelector("#miennes [data-id]")) precision("retenirLaPage");
  // Everything runs: what follows will come by itself, and the link that asks for it is in the way.
  document.querySelectorAll("[data-suite]").forEach((lien) => (lien.hidden = true));
}

/** Ranking, fetched where one ranks: the other screens go without. */
async function classement(acte) {
  const { poserClassement } = await import("./classement.js");
  if (acte !== formulaire()) return; // the room has moved on meanwhile
  if (acte.dataset.acte === "secret") bulletin.installerSecret(acte, deposer, poserClassement);
  else bulletin.installerEntier(acte, deposer, montrerArrives, poserClassement);
  attentes.montrer();
}

function avisDonnes() {
  occuper(true);
  if (!actes.enAttente().length) return montrerArrives();
  // Where the network is known to be away, one more try that fails changes nothing: say now that they are kept.
  attentes.montrer();
  return actes.envoyer();
}

/** Hand the phone to someone else: not without network, and not without a word when something has not left yet. */
function sortir(evenement) {
  const reste = actes.enAttente().length;
  if (attentes.estCoupee() || (reste && !evenement.target.dataset.prevenu)) {
    evenement.preventDefault();
    evenement.target.dataset.prevenu = "oui";
    bandeau(par("reponse"), "non", mot(attentes.estCoupee() ? "sortirHors" : "sortirReste")).focus();
    return;
  }
  effacerTout(`germoir:${main().dataset.moi}:`);
  oublierPages();
}

function occuper(occupe) {
  const acte = formulaire();
  if (!acte) return;
  acte.setAttribute("aria-busy", String(occupe));
  acte.querySelectorAll("button:not([type=button])").forEach((bouton) => (bouton.disabled = occupe));
}

// — Acts: put in the outbox, and what comes back

function deposer(genre, champs, { texte = "", resume = null, delai = 0 }) {
  par("reponse").replaceChildren();
  const { moi, etape, scrutin } = main().dataset;
  const cle = formulaire().querySelector("[name=cle]");
  if (genre !== "accord") occuper(true);
  const acte = { genre, champs, texte, moi, etape, cle: cle.value, url: formulaire().getAttribute("action") };
  actes.deposer(genre === "proposition" ? acte : { ...acte, resume, ...(scrutin && { scrutin }) }, delai);
  cle.value = actes.nouvelleCle();
}

const suites = {
  recu(acte, reponse) {
    if (acte.genre === "proposition") propositionRecue(acte, reponse);
    else if (acte.genre === "question") changerEcran(0);
    else voteRecu(acte, reponse);
  },
  refuse(acte, { code } = {}) {
    occuper(false);
    if (acte.genre === "question" || code === "deja_vote") changerEcran(0);
    else if (acte.texte) ecriture.rendre(acte.texte, acte.champs);
    else if (acte.scrutin === main().dataset.scrutin) bulletin.reprendre();
    attentes.montrer();
    if (!document.activeElement?.matches("textarea")) par("refuses").lastElementChild?.focus();
  },
  change: () => attentes.montrer(),
};

/** Acts have been waiting long enough to be in sight: the place is free for the next one. */
function surAttente(enVue) {
  if (enVue.length) occuper(false);
  enVue.forEach(({ texte }) => texte && ecriture.vider(texte));
  if (enVue.length || !bulletin.enAttente()) bulletin.montrerGardes();
}

function propositionRecue(acte, reponse) {
  occuper(false);
  ecriture.vider(acte.texte);
  actes.refuses().forEach((refus) => refus.texte === acte.texte && actes.oublierRefus(refus.cle));
  const merci = formulaire()?.dataset.merci || mot("arrive");
  const dits = entreGuillemets(reponse?.proposition.texte || acte.texte);
  if (reponse) precision(enPrecision(acte) ? "repondue" : "retenir", reponse.proposition.id);
  // What was asked is done: back to the room, which may have moved meanwhile.
  if (enPrecision(acte)) return void changerEcran(0).then(() => bandeau(par("reponse"), "bien", merci, dits).focus());
  const bloc = bandeau(par("reponse"), "bien", merci, dits);
  if (reponse && formulaire()?.dataset.suivre) bloc.querySelector(".flux").append(lienPourSuivre(reponse.proposition));
  if (!ecriture.enCours()) bloc.focus();
  if (reponse) ecriture.ajouterMienne(reponse.proposition);
  if (arreterGrace) changerEcran();
  return undefined;
}

/** Whether one's own words are being put differently; for `acte`, whether it was sent from this very page. */
function enPrecision(acte = null) {
  const ici = formulaire()?.dataset.precision !== undefined && formulaire().getAttribute("action");
  return Boolean(ici) && (!acte || acte.url === ici);
}

/** The link to what will become of the words just sent. */
function lienPourSuivre({ suivre: adresse }) {
  const lien = document.createElement("a");
  lien.className = "lien-seul";
  lien.href = adresse;
  lien.textContent = formulaire().dataset.suivre;
  return lien;
}

function voteRecu(acte, reponse) {
  if (acte.scrutin !== main().dataset.scrutin) return dire(mot("votesArrives"));
  if (bulletin.enAttente() || !bulletin.arrive(reponse)) return undefined;
  if (!bulletin.estRemis() && formulaire()?.dataset.acte === "accord") return undefined;
  if (!bulletin.estRemis())
    return void bandeau(par("reponse"), "bien", mot(reponse?.depasse ? "depasse" : "votesArrives"));
  return montrerArrives(reponse?.depasse ? mot("depasse") : "");
}

/** The votes are in: said here when this page can tell which, by a page of the server otherwise. */
function montrerArrives(ensuite = "") {
  const suite = bulletin.suite();
  if (suite || !bulletin.montrerArrives()) return void changerEcran(0, ensuite, suite);
  occuper(false);
  par("reponse").replaceChildren();
  if (dernier) mettreAJour(dernier, maintenant());
}

// — The room moves

const aFinir = () => Boolean(ecriture.enCours()) || bulletin.aFinir();

function surEtat(etat) {
  dernier = etat;
  const encore = etat.etape && `${etat.etape.id}` === main().dataset.etape;
  if (encore) minuteur.regler(etat.etape);
  mettreAJour(etat, maintenant());
  const demandees = etat.propositions?.a_preciser || [];
  if (demandees.length || apportee) precision("montrer", demandees);
  const ailleurs = etat.ecran && etat.ecran !== main().dataset.ecran;
  if (ailleurs && enPrecision()) return void attendreLaFin();
  if (arreterGrace || !(ailleurs || aRevoir)) return;
  // The same step, paused or reworded: whoever is writing goes on; the page is fetched once they are done.
  if ((encore || !ailleurs) && (aFinir() || actes.enAttente().length)) return;
  const secondes = Math.min(delaiDeGrace(), delaiDeGrace() - depuisLaSuite(etat));
  if (!ecriture.enCours()) changerEcran();
  else if (secondes <= 0) garderEtChanger();
  else {
    par("reste")?.setAttribute("hidden", ""); // the clock of a step that is over
    arreterGrace = laisserFinir(par("fin"), secondes, garderEtChanger);
  }
}

/** The room goes on while someone puts their words differently: it is said once, and waits for them. */
function attendreLaFin() {
  if (!par("fin").childElementCount) bandeau(par("fin"), "grace", formulaire().dataset.ailleurs);
}

const delaiDeGrace = () => Number(main().dataset.grace);

/** Whole seconds since the next step opened: a phone that was away does not promise time that is over. */
const depuisLaSuite = (etat) => (etat.etape ? Math.round((maintenant() - etat.etape.ouverte_ms) / 1000) : 0);

function surSeconde(restant) {
  if (restant % 15 === 0) vieillir(maintenant());
  // Votes have no grace once closed: warn before.
  if (restant === delaiDeGrace() && bulletin.aFinir() && par("fin").childElementCount === 0) {
    const arreter = laisserFinir(par("fin"), restant, () => {});
    formulaire().addEventListener("submit", arreter, { once: true });
  }
}

/** Time is over and the words are still here: they stay on the phone, in sight, whatever the screen. */
async function garderEtChanger() {
  ecriture.garder();
  const texte = ecriture.enCours();
  actes.mettreDeCote(
    { cle: `brouillon-${main().dataset.etape}`, genre: "proposition", champs: {}, texte },
    mot("gardee"),
  );
  await changerEcran();
}

async function changerEcran(etalement, ensuite = "", suite = "") {
  const revue = aRevoir;
  aRevoir = false;
  await changer(main().dataset.salle, installer, etalement, suite);
  if (revue) ecouter(); // with the fresh page's token
  if (ensuite) bandeau(par("reponse"), "non", ensuite);
  // What moved while the page was on its way.
  if (!dernier) return;
  if (dernier.ecran === main().dataset.ecran) mettreAJour(dernier, maintenant());
  else if (dernier.seq > Number(main().dataset.seq)) setTimeout(() => surEtat(dernier), 1000);
}

function surConnexion(lien) {
  const revient = lien !== "coupee" && attentes.estCoupee();
  attentes.dire(lien === "coupee");
  if (lien === "coupee") return;
  actes.reprendre();
  if (revient) dire(mot("retour"));
}

function ecouter() {
  const { etat, socket, jeton } = main().dataset;
  suivi?.arreter();
  suivi = suivre({ url: etat, socket: `${socket}&jeton=${encodeURIComponent(jeton)}`, surEtat, surConnexion });
}

function demarrer() {
  const { salle, moi, garde, maintenant: alors } = main().dataset;
  aRevoir = Boolean(garde);
  if (garde) horloge.repartir(Number(alors), Number(garde));
  else {
    horloge.caler(Number(alors));
    garderPage(salle, pageRecue());
  }
  document.body.append(annonce);
  attentes.installer(surAttente);
  actes.ouvrir({ moi, ecoute: suites, maintenant });
  if (garde) attentes.dire(true);
  installer();
  ecouter();
  veiller(main().dataset.veilleur);
}

demarrer();
