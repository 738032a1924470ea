// While a file is being made, what the page says of it is read again. Without scripts, a link does the same.
const PAS = 5000;

async function relire() {
  const place = document.querySelector("[data-fichiers][data-en-cours]");
  if (!place) return;
  try {
    const reponse = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
    const neuf = page.querySelector("[data-fichiers]");
    if (reponse.ok && neuf && !place.contains(document.activeElement)) place.replaceWith(document.adoptNode(neuf));
  } catch {
    // The network is away: the next time will tell.
  }
  setTimeout(relire, PAS);
}

setTimeout(relire, PAS);
