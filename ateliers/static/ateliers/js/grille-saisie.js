// The form of one question: what it holds, and what is put back in it.

const PREFIXE = "r:";

/** {case: as typed} of the form; a list where several answers may be given. */
export function lireFormulaire(formulaire, { cases, liste }) {
  const saisie = new FormData(formulaire);
  const lue = (nom) => (liste ? saisie.getAll(nom).filter(Boolean) : saisie.get(nom) || "");
  return Object.fromEntries(cases.map((nom) => [nom, lue(PREFIXE + nom)]));
}

/** Put {case: value} in the form, in place of what the page brought. */
export function remplir(formulaire, { cases }, valeurs) {
  cases.forEach((nom) => {
    const donnees = [valeurs[nom] ?? []].flat().map(String);
    formulaire.querySelectorAll(`[name="${CSS.escape(PREFIXE + nom)}"]`).forEach((champ, rang) => {
      if (champ.type === "radio" || champ.type === "checkbox") champ.checked = donnees.includes(champ.value);
      else champ.value = donnees[champ.matches("select") ? rang : 0] ?? "";
    });
  });
}
