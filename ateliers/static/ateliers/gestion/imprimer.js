// The button that opens the browser's print window; Ctrl+P does as well without it.
document.getElementById("imprimer")?.addEventListener("click", () => window.print());
