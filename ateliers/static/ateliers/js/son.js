// A sound when time is over: three soft notes made here, no file. Off until someone asks for it on this device.

import { ecrire, lire } from "./memoire.js";

const CLE = "germoir:son";
const NOTES = [523.25, 659.25, 783.99]; // Hz: do, mi, sol
const DUREE = 0.5; // seconds between two notes
let contexte = null;

const voulu = () => lire(CLE) === true;

/** Show the button and keep what is chosen. A browser makes no sound before a touch: the choice is that touch. */
export function installer(bouton) {
  if (!bouton || !window.AudioContext) return;
  const dire = () => {
    bouton.setAttribute("aria-pressed", String(voulu()));
    bouton.querySelector("[data-etat-son]").textContent = voulu() ? bouton.dataset.oui : bouton.dataset.non;
  };
  bouton.addEventListener("click", () => {
    ecrire(CLE, voulu() ? null : true);
    dire();
    if (voulu()) sonner();
  });
  // Chosen on an earlier day: the first touch of the page opens the way.
  document.addEventListener("pointerdown", () => voulu() && ouvrir(), { once: true });
  dire();
  bouton.hidden = false;
}

function ouvrir() {
  contexte ||= new AudioContext();
  contexte.resume();
  return contexte;
}

/** Play the notes, if the sound is wanted here. */
export function sonner() {
  if (!voulu() || !window.AudioContext) return;
  const debut = ouvrir().currentTime;
  NOTES.forEach((frequence, rang) => jouer(frequence, debut + rang * DUREE));
}

function jouer(frequence, quand) {
  const note = contexte.createOscillator();
  const force = contexte.createGain();
  note.frequency.value = frequence;
  force.gain.setValueAtTime(0.0001, quand);
  force.gain.exponentialRampToValueAtTime(0.2, quand + 0.05);
  force.gain.exponentialRampToValueAtTime(0.0001, quand + DUREE);
  note.connect(force).connect(contexte.destination);
  note.start(quand);
  note.stop(quand + DUREE);
}
