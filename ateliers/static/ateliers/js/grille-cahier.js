// What one person answers to a questionnaire, as this phone knows it, and which questions are then asked of them.
// `valeurs` is {question: {case: as typed}}; a case holds a word, or a list where several answers may be given.

import { ecrire, lire } from "./memoire.js";

/** Whether the answer in any case of the question looked at is, or holds, what the condition wants. */
function tenue({ question, parmi }, vues) {
  return Object.values(vues[question] || {}).some((donnee) => [donnee].flat().some((cle) => parmi.includes(cle)));
}

/** The keys of the questions asked, in order. A condition looks only at a question that is itself asked. */
export function posees(parcours, valeurs) {
  const vues = {};
  for (const { cle, si } of parcours) {
    if (si.every((condition) => tenue(condition, vues))) vues[cle] = valeurs[cle] || {};
  }
  return parcours.map(({ cle }) => cle).filter((cle) => cle in vues);
}

const vide = (donnee) => donnee === null || donnee === "" || (Array.isArray(donnee) && !donnee.length);

/** Whether something is answered in any of these cases. */
export const repondue = (cases) => Object.values(cases || {}).some((donnee) => !vide(donnee));

/** Whether two answers to a question are the same; nothing, an empty word and an empty list are. */
export function pareilles(une, autre) {
  const net = (cases) =>
    JSON.stringify(
      Object.entries(cases || {})
        .filter(([, donnee]) => !vide(donnee))
        .sort(),
    );
  return net(une) === net(autre);
}

/** Open the book of one person, kept under `nom`: the answers known of them, and what is typed and not yet sent. */
export function ouvrirCahier(nom) {
  const [cleSues, cleBrouillons] = [`${nom}:sues`, `${nom}:brouillons`];
  const sues = () => lire(cleSues) || {};
  const brouillons = () => lire(cleBrouillons) || {};
  return {
    sues,
    /** What the server holds, for the questions of which nothing waits here. */
    apprendre: (valeurs, attendent) =>
      ecrire(cleSues, {
        ...valeurs,
        ...Object.fromEntries(Object.entries(sues()).filter(([cle]) => attendent.includes(cle))),
      }),
    noter: (cle, cases) => ecrire(cleSues, { ...sues(), [cle]: cases }),
    brouillon: (cle) => brouillons()[cle],
    ecrireBrouillon: (cle, cases) => ecrire(cleBrouillons, { ...brouillons(), [cle]: cases }),
    jeterBrouillon(cle) {
      const { [cle]: _jete, ...reste } = brouillons();
      ecrire(cleBrouillons, Object.keys(reste).length ? reste : null);
    },
  };
}
