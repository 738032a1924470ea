// What stays on the phone. In private browsing the storage may be refused: then a plain object, for this page.

const secours = {};

export function lire(cle) {
  try {
    return JSON.parse(localStorage.getItem(cle));
  } catch {
    return secours[cle];
  }
}

export function ecrire(cle, valeur) {
  try {
    if (valeur === null) localStorage.removeItem(cle);
    else localStorage.setItem(cle, JSON.stringify(valeur));
  } catch {
    secours[cle] = valeur;
  }
}

/** Forget everything one person left here: the phone is handed to someone else. */
export function effacerTout(prefixe) {
  try {
    Object.keys(localStorage)
      .filter((cle) => cle.startsWith(prefixe))
      .forEach((cle) => localStorage.removeItem(cle));
  } catch {
    Object.keys(secours).forEach((cle) => delete secours[cle]);
  }
}
