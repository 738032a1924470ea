// The acts of one person that wait on this phone, and those the server refused. Shared by the tabs: read anew before
// each change, written at once, nothing kept aside.

import { ecrire, lire } from "./memoire.js";

const ORDRE = "germoir:ordre";

/**
 * Put an act at the end of a list, and return the new list. A ballot takes in the one still waiting for the same
 * vote, sent or not: only the last choice on each piste matters, and its higher `ordre` makes the former harmless.
 */
export function joindre(actes, acte) {
  const meme = (autre) => acte.scrutin && autre.scrutin === acte.scrutin && autre.url === acte.url;
  const avant = actes.find(meme);
  const joints = avant && {
    champs: { ...avant.champs, ...acte.champs },
    resume: { ...avant.resume, ...acte.resume },
    le: avant.le, // it has been waiting since then
  };
  return [...actes.filter((autre) => !meme(autre)), { ...acte, ...joints }];
}

/** Open the queue kept under `nom`. An act is {cle, url, page?, genre, champs, texte?, scrutin?, ordre?}. */
export function ouvrirFile(nom) {
  const liste = (cle) => {
    const lue = lire(cle);
    return Array.isArray(lue) ? lue.filter((acte) => acte?.cle) : [];
  };
  const garder = (cle, actes) => ecrire(cle, actes.length ? actes : null);
  const [attend, refuse] = [`${nom}:envois`, `${nom}:refus`];
  return {
    nom: attend,
    actes: () => liste(attend),
    ajouter: (acte) => garder(attend, joindre(liste(attend), acte)),
    /** Take an act out; false when it was no longer there: done by another tab, or taken in by a newer ballot. */
    retirer(cle) {
      const actes = liste(attend);
      garder(
        attend,
        actes.filter((acte) => acte.cle !== cle),
      );
      return actes.some((acte) => acte.cle === cle);
    },
    refus: () => liste(refuse),
    refuser: (acte, message, code) =>
      garder(refuse, [...liste(refuse).filter(({ cle }) => cle !== acte.cle), { ...acte, message, code }]),
    oublierRefus: (cle) =>
      garder(
        refuse,
        liste(refuse).filter((acte) => acte.cle !== cle),
      ),
  };
}

/** The order of the last choice that the server holds, from whatever device: what is chosen from now on comes after. */
export function apresOrdre(tenu) {
  if (tenu > (Number(lire(ORDRE)) || 0)) ecrire(ORDRE, tenu);
}

/**
 * A number that grows with each act of this phone, and with what it has seen of the others'. It is the server's time,
 * near enough to compare two phones; a clock stepped back, theirs or the server's, does not bring it back.
 */
export function nouvelOrdre(maintenant) {
  const ordre = Math.max(Math.round(maintenant), (Number(lire(ORDRE)) || 0) + 1);
  ecrire(ORDRE, ordre);
  return ordre;
}

export const nouvelleCle = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (octet) => octet.toString(16).padStart(2, "0")).join("");
