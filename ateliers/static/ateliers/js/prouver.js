// On the page that asks for a code: answer the challenge, and send again what was typed. Without this, one waits.

import { prouver } from "./epreuve.js";

const champ = document.querySelector("input[name=defi]");
const { bits, pieces, tours, attente } = champ.dataset;
const defi = { texte: champ.value, bits: +bits, pieces: +pieces, tours: +tours, attente: +attente };
const formulaire = champ.form;

prouver(defi).then(({ preuve }) => {
  formulaire.elements.preuve.value = preuve;
  // Someone who is correcting what they typed sends it themselves.
  if (formulaire.elements.code?.value && document.activeElement !== formulaire.elements.code) formulaire.submit();
});
