// How long to wait before trying again: longer each time, never all at once.

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
