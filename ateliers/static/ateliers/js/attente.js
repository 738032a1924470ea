// How long to wait for an answer, and before trying again: longer each time, never all at once.

const PREMIERE = 500;
export const PLAFOND = 8000;

/**
 * Ms to wait after `echecs` failures in a row: a random moment of a window that doubles, from 0.5 s up to `plafond`,
 * so that a room whose wifi comes back does not knock as one.
 */
export function attente(echecs, plafond = PLAFOND, hasard = Math.random()) {
  const fenetre = Math.min(plafond, PREMIERE * 2 ** Math.max(0, echecs));
  return Math.round(PREMIERE + (fenetre - PREMIERE) * hasard);
}

/** Ms before a new screen is asked for again, the `essai`-th time. */
export const reprise = (essai, hasard = Math.random()) => Math.min(30000, 1000 * 2 ** essai) * (0.5 + hasard / 2);

/** Ms given to an answer, body included: on a bad wifi it may simply never come. */
const PATIENCE = 15000;

/** Fetch `url`; return {reponse, texte}. Rejects when nobody answers, or not to the end in time. */
export async function appeler(url, options = {}) {
  const arret = new AbortController();
  const limite = setTimeout(() => arret.abort(), PATIENCE);
  try {
    const reponse = await fetch(url, { cache: "no-store", ...options, signal: arret.signal });
    return { reponse, texte: await reponse.text() };
  } finally {
    clearTimeout(limite);
  }
}

/** Whether the server is there but cannot answer now: the same request will do later. */
export const plusTard = ({ status }) => status >= 500 || [408, 425, 429].includes(status);
