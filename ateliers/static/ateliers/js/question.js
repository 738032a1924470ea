// The question put to the room: one answer, which waits in the outbox like the rest.

/** `deposer(genre, champs, {resume})` puts the answer in the outbox. */
export function installer(acte, deposer) {
  acte.addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    const choisie = acte.querySelector("[name=reponse]:checked");
    const champs = { grille: acte.elements.grille.value, reponse: choisie.value };
    deposer("question", champs, { resume: { reponse: choisie.labels[0].textContent.trim() } });
  });
}
