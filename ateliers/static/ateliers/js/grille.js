// A questionnaire on a bad network. The page is complete without this; with it, an answer waits on the phone until the
// server has it, the next question comes without waiting, and every screen opens again without network.

import * as actes from "./actes.js";
import { ouvrirCahier, pareilles, posees, repondue } from "./grille-cahier.js";
import { lireFormulaire, remplir } from "./grille-saisie.js";
import { bandeau, compter, forme, mot } from "./mots.js";
import { garderPage, pageRecue, veiller } from "./veille.js";

/** Ms left to the server to say that an answer is kept, or not readable, before the next question comes. */
const PATIENCE = 1500;
const par = (id) => document.getElementById(id);
const main = par("contenu");
const { moi, grille, garder, ecrans, relire, veilleur } = main.dataset;
const parcours = JSON.parse(main.dataset.parcours);
const cahier = ouvrirCahier(`germoir:${moi}:${grille}`);
const recue = pageRecue();
let attendu = ""; // the act whose answer the screen waits for

const formulaire = () => par("ecran").querySelector("form[data-cle]");
const question = (cle) => parcours.find((une) => une.cle === cle);
const adresse = (cle) => (cle ? `${grille}q/${cle}/` : relire);
const dansLAdresse = () => parcours.find(({ cle }) => location.pathname === adresse(cle))?.cle;
const attendent = actes.enAttente;
const acteDe = (cle) => attendent().find(({ champs }) => champs.question === cle);

// — One question on the screen

/** Take in hand the form that has just come: what is typed is kept at once. */
function installer() {
  const acte = formulaire();
  if (!acte) return montrerEtat();
  const { cle } = acte.dataset;
  const mienne = cahier.brouillon(cle) || (acteDe(cle) && cahier.sues()[cle]);
  if (mienne) remplir(acte, question(cle), mienne);
  acte.addEventListener("input", () => cahier.ecrireBrouillon(cle, lireFormulaire(acte, question(cle))));
  acte.addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    partir(cle, suivante(cle), true);
  });
  const suivre = (lien, vers) =>
    lien?.addEventListener("click", (evenement) => {
      evenement.preventDefault();
      partir(cle, vers(), false);
    });
  suivre(acte.querySelector("[data-passer]"), () => suivante(cle));
  if (precedente(cle)) suivre(acte.querySelector("[data-retour]"), () => precedente(cle));
  return montrerEtat();
}

const ordre = () => parcours.map(({ cle }) => cle);
const posee = () => posees(parcours, cahier.sues());
const suivante = (cle) => posee().find((autre) => ordre().indexOf(autre) > ordre().indexOf(cle));
const precedente = (cle) =>
  posee()
    .filter((autre) => ordre().indexOf(autre) < ordre().indexOf(cle))
    .pop();

/** Leave a question: send its answer if it has changed, wait a little for the server when asked to, and go on. */
function partir(cle, vers, attendre) {
  const cases = lireFormulaire(formulaire(), question(cle));
  cahier.jeterBrouillon(cle);
  if (pareilles(cases, cahier.sues()[cle]) && !refusDe(cle).length) return aller(vers);
  cahier.noter(cle, cases);
  refusDe(cle).forEach((refus) => actes.oublierRefus(refus.cle));
  const acte = { genre: "reponse", url: garder, page: adresse(cle), moi, scrutin: cle, cle: actes.nouvelleCle() };
  actes.deposer({ ...acte, champs: { question: cle, reponses: JSON.stringify(cases) } });
  if (!attendre) return aller(vers);
  attendu = acte.cle;
  occuper(true);
  setTimeout(() => passer(acte.cle), navigator.onLine === false ? 0 : PATIENCE);
  return undefined;
}

function passer(cleActe) {
  if (attendu !== cleActe) return;
  attendu = "";
  aller(suivante(formulaire().dataset.cle));
}

function occuper(occupe) {
  formulaire().setAttribute("aria-busy", String(occupe));
  formulaire().querySelector("button:not([type=button])").disabled = occupe;
}

/** Show a question, or the last look when there is none; from the phone when its screen is there. */
function aller(cle) {
  if (!par(`ecran-${cle}`)) {
    location.href = adresse(cle);
    return;
  }
  history.pushState(null, "", adresse(cle));
  montrer(cle);
}

function montrer(cle) {
  const ecran = par(`ecran-${cle}`).content.cloneNode(true);
  const liste = posee();
  const dit = mot("question", liste.indexOf(cle) + 1).replace("{m}", liste.length);
  ecran.querySelector("[data-rang]").textContent = dit;
  ecran.querySelector("[data-retour]").href = precedente(cle) ? adresse(precedente(cle)) : grille;
  const passe = ecran.querySelector("[data-passer]");
  if (passe) passe.href = adresse(suivante(cle));
  remplir(ecran.querySelector("form"), question(cle), cahier.sues()[cle] || {});
  par("ecran").replaceChildren(ecran);
  document.title = `${dit} – ${main.dataset.titre}`;
  installer();
  scrollTo(0, 0);
  main.focus({ preventScroll: true });
}

// — What waits, what was refused

function montrerEtat() {
  montrerAttente();
  montrerRefus();
  montrerAvance();
}

function montrerAttente() {
  const n = attendent().length;
  const coupe = navigator.onLine === false || actes.pourquoi() === "coupe";
  const dit = n && (coupe || actes.pourquoi()) ? mot(coupe ? "hors" : "muet") : "";
  if (par("avis").dataset.dit !== dit + n) {
    par("avis").dataset.dit = dit + n;
    if (dit) bandeau(par("avis"), "attend", dit, compter("attendent", n));
    else par("avis").replaceChildren();
  }
  const gardee = par("ecran").querySelector("[data-gardee]");
  if (gardee) gardee.lastChild.textContent = mot(n ? "surTelephone" : "gardees");
}

/** The row of cells: answered, waiting, here. */
function montrerAvance() {
  const cases = par("ecran").querySelector(".avance div");
  if (!cases) return;
  const [ici, sues] = [formulaire().dataset.cle, cahier.sues()];
  const etat = (cle) => (cle === ici && "ici") || (acteDe(cle) && "attend") || (repondue(sues[cle]) && "fait") || "";
  cases.replaceChildren(...posee().map((cle) => Object.assign(document.createElement("i"), { className: etat(cle) })));
}

const refusDe = (cle) => actes.refuses().filter(({ champs }) => champs.question === cle);

function montrerRefus() {
  par("refuses").replaceChildren(
    ...actes.refuses().map((acte) => {
      const bloc = forme("refus");
      const { question: cle } = acte.champs;
      bloc.querySelector("[data-titre]").textContent = mot("pasGardee", ordre().indexOf(cle) + 1);
      bloc.querySelector("[data-texte]").textContent = acte.message || "";
      bloc.querySelector("[data-corriger]").href = adresse(cle);
      bloc.querySelector("[data-fermer]").addEventListener("click", () => actes.oublierRefus(acte.cle));
      return bloc;
    }),
  );
}

const suites = {
  recu(acte) {
    passer(acte.cle);
    if (!formulaire() && !attendent().length) location.reload();
  },
  refuse(acte, refus) {
    const { question: cle, reponses } = acte.champs;
    cahier.noter(cle, {});
    cahier.ecrireBrouillon(cle, JSON.parse(reponses));
    if (attendu !== acte.cle) return;
    attendu = "";
    actes.oublierRefus(acte.cle);
    occuper(false);
    const bloc = bandeau(par("refuses"), "non", refus.message);
    bloc.focus();
    formulaire().querySelector("[aria-describedby], .saisie")?.setAttribute("aria-invalid", "true");
  },
  change: montrerEtat,
};

// — Opening: with network, take every screen; without, the page kept here shows the question of the address

/** The last look needs the server: until it has everything, say what it waits for. */
function montrerAttenteFinale() {
  if (!par("forme-attente") || (!main.dataset.garde && !attendent().length)) return;
  const attente = forme("attente");
  attente.querySelector("[data-retour]").href = adresse(posee().pop());
  par("ecran").replaceChildren(attente);
  montrerEtat();
  addEventListener("online", () => attendent().length || location.reload());
}

async function prendreLesEcrans() {
  try {
    const reponse = await fetch(ecrans, { cache: "no-store" });
    if (!reponse.ok || !reponse.headers.get("content-type")?.includes("html")) return;
    const html = await reponse.text();
    document.body.insertAdjacentHTML("beforeend", html);
    await garderPage(grille, recue.replace("</body>", `${html}</body>`));
    veiller(veilleur);
  } catch {
    // the network is gone already: questions come one by one, as without script
  }
}

function ouvrir() {
  actes.ouvrir({ moi: `${moi}:${grille}`, ecoute: suites, maintenant: Date.now });
  addEventListener("offline", montrerEtat);
  addEventListener("online", montrerEtat);
  addEventListener("popstate", () => (dansLAdresse() ? montrer(dansLAdresse()) : location.reload()));
  if (main.dataset.garde) {
    const cle =
      dansLAdresse() || (location.pathname !== relire && posee().find((une) => !repondue(cahier.sues()[une])));
    return cle ? montrer(cle) : montrerAttenteFinale();
  }
  const enRoute = attendent().map(({ champs }) => champs.question);
  cahier.apprendre(JSON.parse(main.dataset.valeurs), enRoute);
  installer();
  const pris = prendreLesEcrans();
  return location.pathname === relire && enRoute.length ? pris.then(montrerAttenteFinale) : pris;
}

ouvrir();
