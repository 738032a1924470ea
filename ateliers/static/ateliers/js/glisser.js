// Dragging a card with a mouse, a pen or a finger (pointer events). The keyboard uses the ticks and buttons instead.

const SEUIL = 8; // px moved before it is a drag and not a click
const TENUE = 350; // ms a finger must stay before it drags: a shorter touch scrolls the page
const CARTES = "[data-proposition], [data-piste]";

/** Let cards be dragged onto each other. `deposer(card, target)` is called when one is dropped on another. */
export function installerGlisser({ deposer }) {
  let geste = null;

  document.addEventListener("pointerdown", (evenement) => {
    const carte = evenement.target.closest?.(CARTES);
    if (!carte || evenement.button || evenement.target.closest("button, a, summary, textarea, form, input[type=text]"))
      return;
    geste = {
      carte,
      x: evenement.clientX,
      y: evenement.clientY,
      doigt: evenement.pointerType === "touch",
      actif: false,
    };
    if (geste.doigt) geste.minuterie = setTimeout(() => commencer(evenement), TENUE);
  });

  function commencer(evenement) {
    if (!geste) return;
    geste.actif = true;
    geste.fantome = document.createElement("p");
    geste.fantome.className = "fantome";
    geste.fantome.textContent = (geste.carte.querySelector("h3, .mots-p")?.textContent || "").trim().slice(0, 80);
    document.body.append(geste.fantome);
    document.body.classList.add("glisse");
    getSelection().removeAllRanges();
    suivre(evenement);
  }

  function suivre({ clientX, clientY }) {
    geste.fantome.style.transform = `translate(${clientX + 12}px, ${clientY + 12}px)`;
    const dessous = document.elementFromPoint(clientX, clientY)?.closest(CARTES);
    const cible = dessous && dessous !== geste.carte && !dessous.contains(geste.carte) ? dessous : null;
    if (cible !== geste.cible) {
      geste.cible?.classList.remove("vise");
      cible?.classList.add("vise");
      geste.cible = cible;
    }
  }

  document.addEventListener("pointermove", (evenement) => {
    if (!geste) return;
    const loin = Math.hypot(evenement.clientX - geste.x, evenement.clientY - geste.y) > SEUIL;
    if (!geste.actif && geste.doigt && loin) return finir();
    if (!geste.actif && loin) commencer(evenement);
    if (geste.actif) {
      evenement.preventDefault();
      suivre(evenement);
    }
  });

  function finir() {
    if (!geste) return null;
    const { carte, cible, actif } = geste;
    clearTimeout(geste.minuterie);
    geste.fantome?.remove();
    document.body.classList.remove("glisse");
    cible?.classList.remove("vise");
    geste = null;
    return actif ? { carte, cible } : null;
  }

  document.addEventListener("pointerup", () => {
    const fait = finir();
    if (!fait) return;
    avaler();
    if (fait.cible) deposer(fait.carte, fait.cible);
  });

  /** The click that follows a drag would tick the card back. */
  function avaler() {
    const rien = (clic) => clic.preventDefault();
    addEventListener("click", rien, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", rien, { capture: true }), 60);
  }

  document.addEventListener("pointercancel", finir);
  document.addEventListener("keydown", (evenement) => evenement.key === "Escape" && finir());
  // While a card is held, the page under the finger must not scroll.
  document.addEventListener("touchmove", (evenement) => geste?.actif && evenement.preventDefault(), { passive: false });
  document.addEventListener("dragstart", (evenement) => geste && evenement.preventDefault());
}
