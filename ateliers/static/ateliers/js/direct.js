// Following a room: the state comes down a socket, and by plain requests where sockets do not pass.

import { PLAFOND, attente } from "./attente.js";
import { fusionner } from "./fusion.js";
import { horloge } from "./horloge.js";
import { releve } from "./releve.js";

export { horloge };

/** Ms without news before the loss is said: a lift or a turned page must not make the screen blink. */
const SILENCE = 2000;
/** Failures of the socket in a row before asking by plain requests; sockets are still tried, less often. */
const ECHECS_AVANT_RELEVE = 2;
const PLAFOND_EN_RELEVE = 30000;
/** Ms between two signs of life, at least between two, and given to the server to answer one. */
const PING = 25000;
const PING_MIN = 6000;
const REPONSE = 10000;

/**
 * Follow a room.
 *
 * `url`: its snapshot; `socket`: path of its socket, with its query. `surEtat(etat, changees)`: the whole state and the
 * names of the sections that moved (all of them the first time, none when the sequence alone did).
 * `surConnexion(mot)`: "directe" (socket), "relevee" (plain requests) or "coupee" (neither for two seconds); only when
 * it changes.
 * Returns {arreter}, which stops everything.
 */
export function suivre({ url, socket, surEtat, surConnexion = () => {} }) {
  let etat = null;
  let vise = 0; // the newest sequence heard of
  let prise = null;
  let echecs = 0;
  let pingLe = 0;
  // biome-ignore lint/correctness/noUnusedVariables: `||=` reads it
  let enSilence = 0; // the timer that will say that the connection is lost
  let fini = false;
  let mot = "";
  const minuteries = {};

  const plusTard = (nom, acte, delai) => {
    clearTimeout(minuteries[nom]);
    return (minuteries[nom] = setTimeout(acte, delai));
  };
  const annuler = (...noms) => noms.forEach((nom) => clearTimeout(minuteries[nom]));
  const visible = () => document.visibilityState !== "hidden";

  function dire(nouveau) {
    if (fini) return;
    if (nouveau === "coupee") {
      // Counted from the first loss: each new failure must not put the words off.
      enSilence ||= plusTard("silence", () => mot === "coupee" || surConnexion((mot = "coupee")), SILENCE);
      return;
    }
    annuler("silence");
    enSilence = 0;
    if (nouveau !== mot) surConnexion((mot = nouveau));
  }

  function prendre(trame) {
    vise = Math.max(vise, trame.seq);
    const suite = fusionner(etat, trame);
    if (!suite) return rattraper();
    const bouge = suite.changees.length || suite.etat.seq !== etat?.seq;
    etat = suite.etat;
    if (bouge) surEtat(etat, suite.changees);
  }

  const requetes = releve({
    url,
    surSnapshot: (lu) => !fini && prendre(lu),
    surReponse(ok) {
      if (prise?.entendue) return;
      dire(ok ? "relevee" : "coupee");
    },
  });

  async function rattraper() {
    await requetes.lire();
    if (!fini && (etat?.seq ?? -1) < vise) plusTard("rattrapage", rattraper, attente(1));
  }

  function recevoir(message) {
    horloge.caler(message.maintenant);
    annuler("reponse");
    prise.entendue = true;
    echecs = 0;
    requetes.arreter();
    dire("directe");
    if (message.quoi === "etat" || message.quoi === "suite") prendre(message);
    else if (message.quoi === "bonjour" && etat?.seq !== message.seq) prendre({ ...message, depuis: message.seq });
  }

  function connecter() {
    if (fini || prise || !visible()) return;
    const adresse = new URL(socket, location.href);
    adresse.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    if (etat) adresse.searchParams.set("seq", etat.seq);
    const neuve = new WebSocket(adresse);
    prise = neuve;
    neuve.onmessage = (evenement) => neuve === prise && recevoir(JSON.parse(evenement.data));
    neuve.onclose = () => perdre(neuve);
    plusTard("reponse", () => perdre(neuve), REPONSE);
    plusTard("ping", ping, PING);
  }

  function ping() {
    if (prise?.readyState === WebSocket.OPEN && Date.now() - pingLe > PING_MIN) {
      const celle = prise;
      pingLe = Date.now();
      celle.send("ping");
      plusTard("reponse", () => perdre(celle), REPONSE);
    }
    plusTard("ping", ping, PING * (0.8 + 0.4 * Math.random()));
  }

  function perdre(celle) {
    if (celle !== prise) return;
    prise = null;
    celle.onclose = null;
    celle.close();
    annuler("reponse", "ping");
    if (fini) return;
    if (mot !== "relevee") dire("coupee");
    echecs += 1;
    const enReleve = echecs >= ECHECS_AVANT_RELEVE;
    if (enReleve && visible()) requetes.demarrer();
    plusTard("connexion", connecter, attente(echecs, enReleve ? PLAFOND_EN_RELEVE : PLAFOND));
  }

  function revenir() {
    if (!visible()) {
      requetes.arreter();
      annuler("connexion");
    } else if (prise) {
      ping();
    } else {
      if (echecs >= ECHECS_AVANT_RELEVE) requetes.demarrer();
      plusTard("connexion", connecter, attente(0));
    }
  }

  document.addEventListener("visibilitychange", revenir);
  window.addEventListener("online", revenir);
  connecter();

  return {
    arreter() {
      fini = true;
      document.removeEventListener("visibilitychange", revenir);
      window.removeEventListener("online", revenir);
      requetes.arreter();
      annuler(...Object.keys(minuteries));
      prise?.close();
    },
  };
}
