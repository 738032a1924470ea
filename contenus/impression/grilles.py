"""A questionnaire on paper: the same questions, numbers and order as on a phone, with a letter in each box."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ateliers.lectures.grilles import TEMPS
from consultation import questions
from consultation.questions import Nature, papier
from consultation.questions.structure import RANGS_MAX

from ..carnet.carres import adresse_de, carre
from .composer import composer
from .dessins import dessins

#: Beyond that many answers, or letters in one of them, boxes no longer stand side by side under their words.
RANGEE_MAX, MOT_RANGEE, MOT_MAX = 5, 28, 18
#: Lines to write on, for a question alone and for one of several places.
LIGNES, LIGNES_PARTAGEES = 3, 2
CHIFFRES, CHIFFRES_MAX = 4, 8


def grille_pdf(version):
    """Return the sheet of a VersionGrille, to be filled by hand and keyed in. Raises EchecImpression."""
    grille, structure = version.grille, questions.lire(version.contenu)
    colleges = [college.nom for college in grille.consultation.colleges.order_by("ordre", "pk")]
    donnees = {
        "titre": grille.titre,
        "chapeau": grille.chapeau,
        "consultation": grille.consultation.titre,
        "college": _question(structure, papier.question_du_college(colleges), papier.COLLEGE),
        "sections": _sections(structure),
        "svg": dessins("logo", "i-droite", "n-0", "n-1", "n-2", "n-3"),
        "mots": _mots(version, structure),
        **carre(adresse_de(reverse("grille", kwargs={"code": grille.code}))),
    }
    return composer("grille", donnees, nom=_("grille"))


def _mots(version, structure):
    n = len(structure.questions)
    return {
        "combien": ngettext("{n} question.", "{n} questions.", n).format(n=n),
        "telephone": _("Personne ne voit votre nom. Vous préférez le téléphone ? Visez le carré."),
        "comment": _("Comment répondre :"),
        "croix": _(
            "faites une croix dans la case. Vous vous êtes trompé ? Noircissez la case et cochez la bonne."
        ),
        "version": _("version {n}").format(n=version.numero),
        "page": _("Page"),
        "sur": _("sur"),
        "saisie": _("Pour la saisie : tapez le numéro puis la lettre de la case, par exemple 3d."),
    }


def _sections(structure):
    rangs = {question.cle: rang for rang, question in enumerate(structure.questions, start=1)}
    return [
        {
            "titre": section.titre,
            "aide": section.aide,
            "questions": [_question(structure, q, str(rangs[q.cle])) for q in section.questions],
        }
        for section in structure.sections
    ]


def _question(structure, question, numero):
    boites = _boites(structure, question, numero)
    return {
        "numero": numero,
        "libelle": question.libelle,
        "aide": question.aide,
        "si": "" if numero == papier.COLLEGE else questions.condition_ecrite(structure, question),
        "consigne": _consigne(question),
        "forme": _forme(question),
        "disposition": _disposition(question),
        "boites": boites,
        "places": _places(question, numero),
        "peigne": _peigne(question),
        "lignes": LIGNES if len(question.cases) == 1 else LIGNES_PARTAGEES,
        "paire": question.deux_temps,
    }


def _forme(question):
    """How it is drawn: "croix", or "tableau" of boxes; "peigne" for figures, "lignes" to write on."""
    if question.reponses:
        return "tableau" if len(question.cases) > 1 and _disposition(question) == "rangee" else "croix"
    return "lignes" if question.nature == Nature.TEXTE or not _peigne(question) else "peigne"


def _disposition(question):
    mots = [str(mot) for mot in questions.reponses_en_mots(question).values()]
    se_compare = question.nature in (Nature.ECHELLE, Nature.NIVEAU) or len(question.cases) > 1
    if se_compare and len(mots) <= RANGEE_MAX and max(map(len, mots), default=0) <= MOT_RANGEE:
        return "rangee"
    court = len(mots) <= 3 and sum(map(len, mots)) <= 3 * MOT_MAX
    return "suite" if court else "colonnes"


def _boites(structure, question, numero):
    """[{letter, words, where to go}] of the answers that are crossed."""
    mots = questions.reponses_en_mots(question)
    sauts = papier.sauts(structure, question) if numero != papier.COLLEGE else {}
    return [
        {
            "lettre": lettre,
            "mots": str(mots[cle]),
            "saut": _aller(sauts[cle]) if cle in sauts else "",
            "dessin": f"n-{rang}" if question.nature == Nature.NIVEAU else "",
        }
        for rang, (lettre, cle) in enumerate(zip(papier.lettres(len(mots)), mots, strict=True))
    ]


def _aller(rang):
    return _("allez à la question {n}").format(n=rang) if rang else _("vous avez fini")


def _consigne(question):
    if question.nature == Nature.PLUSIEURS:
        return _("Plusieurs croix sont possibles.")
    if question.nature == Nature.RANG:
        n = min(RANGS_MAX, len(question.choix))
        return _("Écrivez 1 dans la case de ce qui compte le plus, puis 2, jusqu’à {n}.").format(n=n)
    if question.reponses and len(question.cases) > 1:
        return _("Une croix par ligne.")
    return ""


def _places(question, numero):
    """[{number, title, help, drawing}] of the places to answer in."""
    places = []
    for n, case in enumerate(question.cases, start=1):
        temps = case.split("/")[-1] if question.deux_temps else ""
        places.append(
            {
                "numero": f"{numero}.{n}" if len(question.cases) > 1 else "",
                "titre": _majuscule(questions.titre_de_case(question, case)),
                "aide": str(TEMPS[temps][1]) if temps and not question.lignes else "",
                "dessin": {"aujourdhui": "n-1", "demain": "n-3"}.get(temps, ""),
            }
        )
    return places


def _majuscule(mots):
    return mots[:1].upper() + mots[1:]


def _peigne(question):
    """The lengths of the combs of cells for figures, in order, and the sign between them; {} without a comb."""
    if question.nature == Nature.DATE:
        return {"dents": [2, 2, 4], "entre": "/"}
    if question.nature not in (Nature.ENTIER, Nature.DECIMAL) or (question.mini or 0) < 0:
        return {}
    chiffres = len(str(question.maxi)) if question.maxi is not None else CHIFFRES
    if chiffres > CHIFFRES_MAX:
        return {}
    return {"dents": [chiffres, 1] if question.nature == Nature.DECIMAL else [chiffres], "entre": ","}
