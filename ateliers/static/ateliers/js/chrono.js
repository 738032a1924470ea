// The big clock of the console and of the projector, run on the server's time.

const ANNONCES = [0, 60, 300]; // the least first: a screen that slept is told where things stand, not where they were
let battement = 0;

/**
 * Run every clock of the page. `maintenant()`: server time in ms. `dire(seconds)`: called when five minutes, one
 * minute and nothing are left; never more often, so that a screen reader is not talked over.
 */
export function lancer(maintenant, dire) {
  clearInterval(battement);
  let avant = null;
  const battre = () => {
    const horloges = [...document.querySelectorAll("[data-minuteur]")];
    horloges.forEach((horloge) => montrer(horloge, restant(horloge, maintenant())));
    const premiere = horloges.find((horloge) => horloge.dataset.echeance);
    const secondes = premiere ? restant(premiere, maintenant()) : null;
    const seuil = ANNONCES.find((s) => avant !== null && secondes !== null && avant > s && secondes <= s);
    avant = secondes;
    if (seuil !== undefined) dire(seuil);
  };
  battre();
  battement = setInterval(battre, 1000);
}

/** Whole seconds left on a clock: towards its deadline, or what was left when it was paused. */
function restant(horloge, maintenant) {
  const echeance = Number(horloge.dataset.echeance);
  return echeance ? Math.max(0, Math.floor((echeance - maintenant) / 1000)) : Number(horloge.dataset.restant || 0);
}

function montrer(horloge, secondes) {
  const deux = (n) => String(n).padStart(2, "0");
  const texte = `${deux(Math.floor(secondes / 60))}:${deux(secondes % 60)}`;
  if (horloge.textContent !== texte) horloge.textContent = texte;
}
