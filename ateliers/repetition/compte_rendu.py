"""What a rehearsal found: a table that an organiser can read, and the same as JSON."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

#: Over this share of one core, it is this command that was slow, not the server.
GENERATEUR_PLEIN = 0.7
#: Faults told one by one.
MANQUES_DITS = 10


@dataclass(frozen=True)
class Ligne:
    """`valeur` in `unite` ("s", "/s", "%" or ""), None if it was not played; `limite` None when there is none."""

    nom: str
    phrase: str
    valeur: float | None
    unite: str
    limite: float | None = None

    @property
    def tient(self):
        """True, False, or None when there is no limit or nothing was measured."""
        return None if self.limite is None or self.valeur is None else self.valeur <= self.limite


#: (wave, wait, which figure, limit in seconds, what it means). A limit is what people take for "at once".
ATTENTES = (
    ("entrees", "entree", "p50", None, gettext_lazy("Entrer dans la salle : la moitié attend moins de")),
    ("entrees", "entree", "p95", 0.5, gettext_lazy("Entrer dans la salle : 95 sur 100 attendent moins de")),
    (
        "entrees",
        "fichiers",
        "p95",
        5.0,
        gettext_lazy("Entrer, fichiers de la page compris : 95 sur 100 en moins de"),
    ),
    ("prises", "direct", "max", 15.0, gettext_lazy("Suivre en direct, tous à la fois : le dernier après")),
    (
        "ouvrir_ideation",
        "annonce",
        "max",
        1.0,
        gettext_lazy("Étape ouverte : tous les téléphones le savent après"),
    ),
    ("propositions", "recu", "p95", 0.25, gettext_lazy("Proposer : 95 idées sur 100 sont reçues en moins de")),
    ("propositions", "vue", "p95", 2.0, gettext_lazy("Proposer : 95 sur 100 sont sur les écrans en moins de")),
    ("votes", "recu", "p95", 0.25, gettext_lazy("Voter à son rythme : 95 sur 100 sont reçus en moins de")),
    ("pointe", "recu", "p50", None, gettext_lazy("Voter tous à la fois : la moitié est reçue en moins de")),
    ("pointe", "recu", "p95", 0.25, gettext_lazy("Voter tous à la fois : 95 sur 100 sont reçus en moins de")),
    ("pointe", "total", "max", 2.0, gettext_lazy("Voter tous à la fois : le bon total partout après")),
    ("retours", "retour", "max", 15.0, gettext_lazy("Wifi coupé, puis rendu : tout le monde revenu après")),
    ("resultats", "annonce", "max", 1.0, gettext_lazy("Résultats : sur tous les téléphones après")),
    ("resultats", "ecran", "max", 5.0, gettext_lazy("Résultats : chacun a son nouvel écran après")),
)
NOMS = {
    "entrees": gettext_lazy("Entrées"),
    "prises": gettext_lazy("Tous les téléphones suivent en direct"),
    "ouvrir_ideation": gettext_lazy("L’animateur ouvre l’étape où l’on propose"),
    "propositions": gettext_lazy("Propositions"),
    "ouvrir_vote": gettext_lazy("L’animateur ouvre le vote"),
    "votes": gettext_lazy("Votes, chacun à son rythme"),
    "pointe": gettext_lazy("Votes, tous à la fois"),
    "retours": gettext_lazy("Le wifi tombe et revient"),
    "resultats": gettext_lazy("L’animateur ferme le vote : les résultats"),
}


def lignes(bilan, verification):
    """Return the Lignes of a Bilan, in the order of the day."""
    faites = {vague.nom: vague for vague in bilan.vagues}
    rendues = []
    for nom, attente, chiffre, limite, phrase in ATTENTES:
        mesure = nom in faites and faites[nom].attentes.get(attente)
        valeur = getattr(mesure, chiffre) if mesure else None
        rendues.append(Ligne(f"{nom}.{attente}.{chiffre}", str(phrase), valeur, "s", limite))
    debit = faites["pointe"].nombres["bulletins_s"] if "pointe" in faites else None
    part = max((vague.part_du_processeur for vague in bilan.vagues), default=0.0)
    return [
        *rendues,
        Ligne("pointe.debit", _("Voter tous à la fois : votes reçus par seconde"), debit, "/s"),
        Ligne("echecs", _("Ce qui n’est pas passé"), sum(v.rates for v in bilan.vagues), "", 0),
        Ligne("perdus", _("Reçu, puis perdu ou changé"), len(verification.manques), "", 0),
        Ligne("generateur", _("Processeur pris pour jouer les téléphones, au plus"), 100 * part, "%"),
    ]


def en_json(bilan, verification):
    """Return [{name, value, unit, limite, tient}]: the table, then every figure of every wave."""
    tableau = lignes(bilan, verification)
    dites = {ligne.nom for ligne in tableau}
    details = [
        Ligne(nom, "", valeur, "s")
        for vague in bilan.vagues
        for nom, valeur in _details(vague)
        if nom not in dites
    ]
    return [
        {
            "name": ligne.nom,
            "value": None if ligne.valeur is None else round(ligne.valeur, 4),
            "unit": ligne.unite,
            "limite": ligne.limite,
            "tient": ligne.tient,
        }
        for ligne in (*tableau, *details)
    ]


def _details(vague):
    yield f"{vague.nom}.duree", vague.duree
    yield f"{vague.nom}.processeur", vague.processeur
    for attente, mesure in vague.attentes.items():
        for chiffre in ("p50", "p95", "max") if mesure else ():
            yield f"{vague.nom}.{attente}.{chiffre}", getattr(mesure, chiffre)


def tableau(rendues):
    """Return the table as lines of text: what, measured, limit, verdict in words."""
    rangees = [(_("Ce qui a été joué"), _("mesuré"), _("limite"), _("verdict"))]
    rangees += [
        (ligne.phrase, dire(ligne.valeur, ligne.unite), _limite(ligne), _verdict(ligne)) for ligne in rendues
    ]
    larges = [max(len(rangee[colonne]) for rangee in rangees) for colonne in range(3)]
    trait = "-" * (sum(larges) + 6 + max(len(rangee[3]) for rangee in rangees))
    textes = [f"{q:<{larges[0]}}  {m:>{larges[1]}}  {li:>{larges[2]}}  {v}".rstrip() for q, m, li, v in rangees]
    return [textes[0], trait, *textes[1:]]


def conclusion(bilan, verification, rendues):
    """Return the sentences under the table: what was checked in the base, what does not hold, what to read."""
    phrases = [*_verifie(verification)]
    if raisons := sum((Counter(vague.echecs) for vague in bilan.vagues), Counter()):
        quoi = ", ".join(f"{n} × {raison.rstrip('.')}" for raison, n in raisons.most_common(5))
        phrases.append(_("Ce qui n’est pas passé : %(quoi)s.") % {"quoi": quoi})
    if bilan.arret:
        phrases.append(_("La répétition s’est arrêtée avant la fin : %(quoi)s.") % {"quoi": bilan.arret})
    if _generateur_en_cause(bilan, rendues):
        phrases.append(
            _(
                "Jouer les téléphones a presque rempli un processeur : les attentes mesurées sont plus longues "
                "que les vraies. Demandez moins de téléphones, ou une machine plus calme."
            )
        )
    tient = not bilan.arret and verification.tient and all(ligne.tient is not False for ligne in rendues)
    phrases.append(
        _("Tout tient. La salle est prête.")
        if tient
        else _("Tout ne tient pas. La page docs/guide/repetition.md dit que faire, ligne par ligne.")
    )
    return phrases


def _generateur_en_cause(bilan, rendues):
    """Whether a wave that does not hold may have been slowed by the phones themselves."""
    ratees = {ligne.nom.partition(".")[0] for ligne in rendues if ligne.tient is False}
    return any(v.nom in ratees and v.part_du_processeur > GENERATEUR_PLEIN for v in bilan.vagues)


def _verifie(verification):
    nombres = {"idees": entier(verification.propositions), "votes": entier(verification.bulletins)}
    if verification.tient:
        yield (
            _("Vérifié dans la base : %(idees)s idées et %(votes)s votes reçus y sont tous, une seule fois.")
            % nombres
        )
        return
    manquants = len(verification.manques)
    yield ngettext(
        "PERDU : %(n)s faute dans la base, sur %(idees)s idées et %(votes)s votes reçus.",
        "PERDU : %(n)s fautes dans la base, sur %(idees)s idées et %(votes)s votes reçus.",
        manquants,
    ) % {"n": entier(manquants), **nombres}
    yield from (f"  - {manque}" for manque in verification.manques[:MANQUES_DITS])


def _limite(ligne):
    return "" if ligne.limite is None else dire(ligne.limite, ligne.unite)


def _verdict(ligne):
    if ligne.valeur is None:
        return _("pas joué")
    return {True: _("tient"), False: _("NE TIENT PAS"), None: ""}[ligne.tient]


def dire(valeur, unite):
    """Say a figure in French: 340 ms, 1,2 s, 12 s, 1 000."""
    if valeur is None:
        return "–"
    if unite == "s" and valeur < 1:
        return f"{round(valeur * 1000)} ms"
    if unite == "s":
        return (f"{valeur:.1f}" if valeur < 10 else f"{valeur:.0f}").replace(".", ",") + " s"
    return entier(valeur) + ("\u202f%" if unite == "%" else "")


def entier(nombre):
    """Say a whole number in French: 1 000, with a narrow no-break space."""
    return f"{round(nombre):,}".replace(",", "\u202f")
