// Putting frames together. Pure: no network, no page.

const HORS_SECTIONS = new Set(["quoi", "seq", "depuis", "maintenant"]);

/** The sections that a frame or a state carries. */
export const sections = (trame) => Object.keys(trame).filter((nom) => !HORS_SECTIONS.has(nom));

const meme = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);

/**
 * Put a frame on top of a state. Returns {etat, changees} (changees: names of the sections that moved), or null when
 * something in between was missed: the whole state must then be fetched.
 */
export function fusionner(etat, trame) {
  const entiere = trame.depuis === undefined;
  if (!entiere && (!etat || etat.seq < trame.depuis)) return null;
  if (etat && trame.seq < etat.seq) return { etat, changees: [] };
  const changees = sections(trame).filter((nom) => !etat || !meme(etat[nom], trame[nom]));
  const suite = entiere ? {} : { ...etat };
  for (const nom of sections(trame)) suite[nom] = trame[nom];
  suite.seq = trame.seq;
  return { etat: suite, changees };
}
