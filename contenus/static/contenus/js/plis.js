// What is folded opens when it is what one came for, or when the page goes to paper. Browsers of today do the first by
// themselves; without scripts, folds open by hand.
function ouvrirJusqua(ancre) {
  const cible = ancre.length > 1 && document.getElementById(ancre.slice(1));
  if (!cible) return;
  for (let plis = cible.closest("details"); plis; plis = plis.parentElement.closest("details")) plis.open = true;
  cible.scrollIntoView();
}

addEventListener("hashchange", () => ouvrirJusqua(location.hash));
ouvrirJusqua(location.hash);

let fermes = [];
addEventListener("beforeprint", () => {
  fermes = [...document.querySelectorAll("details:not([open])")];
  for (const plis of fermes) plis.open = true;
});
addEventListener("afterprint", () => {
  for (const plis of fermes) plis.open = false;
});
