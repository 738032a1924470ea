// What stays on the phone. In private browsing, or with a full phone, the storage may be refused: then a plain object,
// for this page.

const secours = {};

export function lire(cle) {
  if (cle in secours) return secours[cle];
  try {
    return JSON.parse(localStorage.getItem(cle));
  } catch {
    return null;
  }
}

/** Keep `valeur` under `cle`; null forgets it. */
export function ecrire(cle, valeur) {
  try {
    if (valeur === null) localStorage.removeItem(cle);
    else localStorage.setItem(cle, JSON.stringify(valeur));
    delete secours[cle];
  } catch {
    secours[cle] = valeur;
  }
}

/** Forget everything one person left here: the phone is handed to someone else. */
export function effacerTout(prefixe) {
  const aEffacer = (cles) => cles.filter((cle) => cle.startsWith(prefixe));
  aEffacer(Object.keys(secours)).forEach((cle) => delete secours[cle]);
  try {
    aEffacer(Object.keys(localStorage)).forEach((cle) => localStorage.removeItem(cle));
  } catch {
    // nothing was kept there
  }
}
