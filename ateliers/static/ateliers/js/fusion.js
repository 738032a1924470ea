// Putting frames together. Pure: no network, no page.

const HORS_SECTIONS = new Set(["quoi", "seq", "depuis", "maintenant"]);

/** The sections that a frame or a state carries. */
export const sections = (trame) => Object.keys(trame).filter((nom) => !HORS_SECTIONS.has(nom));

const meme = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);

/** The sections that hold a list: the field it is in, and its order. */
const LISTES = {
  pistes: { champ: "liste", ordre: (a, b) => a.numero - b.numero },
  propositions: { champ: "dernieres", ordre: (a, b) => b.id - a.id },
};

/** `avant` without the lines `moins` (ids), with the lines `plus` in the place of their elders. */
function melanger(avant, { plus, moins }, ordre) {
  const parId = new Map(avant.filter(({ id }) => !moins.includes(id)).map((ligne) => [ligne.id, ligne]));
  plus.forEach((ligne) => parId.set(ligne.id, ligne));
  return [...parId.values()].sort(ordre);
}

/** A section as it becomes. Where the state has no list, the page has it: what changed since is gathered. */
function suivante(nom, avant, { plus, moins, ...reste }) {
  const { champ, ordre } = LISTES[nom];
  if (avant?.[champ]) return { ...reste, [champ]: melanger(avant[champ], { plus, moins }, ordre) };
  const venues = new Set(plus.map(({ id }) => id));
  const parties = [...(avant?.moins || []).filter((id) => !venues.has(id)), ...moins];
  const lignes = melanger(avant?.plus || [], { plus, moins }, ordre);
  return { ...reste, plus: lignes, moins: [...new Set(parties)].sort((a, b) => a - b) };
}

const valeur = (nom, avant, dite) => (dite?.plus && LISTES[nom] ? suivante(nom, avant, dite) : dite);

/**
 * Put a frame on top of a state. Returns {etat, changees} (changees: names of the sections that moved), or null when
 * something in between was missed: the whole state must then be fetched.
 */
export function fusionner(etat, trame) {
  const entiere = trame.depuis === undefined;
  if (!entiere && (!etat || etat.seq < trame.depuis)) return null;
  if (etat && trame.seq < etat.seq) return { etat, changees: [] };
  const suite = entiere ? {} : { ...etat };
  for (const nom of sections(trame)) suite[nom] = valeur(nom, etat?.[nom], trame[nom]);
  const changees = sections(trame).filter((nom) => !etat || !meme(etat[nom], suite[nom]));
  suite.seq = trame.seq;
  return { etat: suite, changees };
}
