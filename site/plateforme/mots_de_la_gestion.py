"""Wagtail's French in our words: "circuit" for "workflow", "mot d’adresse" for "slug", no "sûr(e)".

Rules are applied to the catalogues of the installed Wagtail, and what they change is kept in `contenus/locale/fr`,
whose app comes before Wagtail's. What a new Wagtail says is mended by the same rules (`make messages`).
"""

import re
import subprocess
from pathlib import Path

import wagtail

#: Whole sentences, by their English.
PHRASES = {
    "The name of the page as it will appear in URLs e.g http://domain.com/blog/[my-slug]/": (
        "Les derniers mots de l’adresse de la page : https://…/ces-mots/"
    ),
    "New: %(model_name)s": "Ajouter : %(model_name)s",
    "Dashboard": "Accueil",
    "Add %(label)s": "Ajouter : %(label)s",
    "Submission date": "Reçue le",
    "form submission": "réponse",
    "form submissions": "réponses",
}
#: (what is looked for in Wagtail's French, what takes its place), in this order.
REGLES = [
    (r"Êtes[- ]vous sûr(?:\(e\))? de (?:toujours )?vouloir", "Voulez-vous vraiment"),
    (r"(?:Ce|ce)(?:\(tte\)|/cette) ([\ue000-\uf8ff])", r"« \1 »"),
    (r"(?:Ce|ce)(?:\(tte\)|/cette) ", "cet élément "),
    (r"(?<=[éué])\(e\)(?:\(s\)|s)?", ""),
    (r"\((?:e|le|ne|s)\)", ""),
    (r"Tâches? de workflow", "Relectures"),
    (r"tâches? de (?:du )?workflow", "relecture"),
    (r"\bWorkflow", "Circuit"),
    (r"\bworkflow", "circuit"),
    (r"\bSlug", "Mot d’adresse"),
    (r"\bslugs\b", "mots d’adresse"),
    (r"\bslug\b", "mot d’adresse"),
    (r"\bStatus\b", "État"),
    (r"Dépublier", "Retirer du site"),
    (r"dépublier", "retirer du site"),
    (r"\bmodération", "relecture"),
    (r"Administration Wagtail", "Gestion de Germoir"),
    (r"(?:l'administration|l’administration) (?:de )?Wagtail", "la gestion"),
    (r"[Gg]roupes Wagtails?", "groupes"),
    (r"\bWagtail\b", "Germoir"),
]
#: What administrators alone read stays as Wagtail says it.
LAISSES = ("styleguide", "simple_translation", "search_promotions", "table_block", "locales", "sites")
#: Its plural is written unlike Wagtail's on purpose: Django then reads this catalogue first, apart.
ENTETE = r"""# Wagtail's French in our words, made by the rules of plateforme/mots_de_la_gestion.py.
msgid ""
msgstr ""
"Language: fr\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=3; plural=(n > 1 ? 2 : 0);\n"
"""


#: What stands for a value, and tags: no rule reads inside ("%(workflow)s" is a name, not a word).
_VALEURS = re.compile(r"%\([^)]*\)[sd]|\{[^}]*\}|<[^>]*>")


def redire(anglais, francais):
    """Return Wagtail's French sentence in our words, its values and its tags untouched."""
    if anglais in PHRASES:
        return PHRASES[anglais]
    valeurs = _VALEURS.findall(francais)
    places = iter(range(len(valeurs)))
    francais = _VALEURS.sub(lambda _: chr(0xE000 + next(places)), francais)
    for motif, mots in REGLES:
        francais = re.sub(motif, mots, francais)
    return re.sub("[\ue000-\uf8ff]", lambda place: valeurs[ord(place[0]) - 0xE000], francais)


def catalogue():
    """Return the catalogue: every sentence of Wagtail's that the rules change."""
    vus, entrees = set(), []
    for anglais, entree in _entrees():
        lignes = entree.split("\n")
        dites = [ligne if ligne.startswith(("msgid", "msgctxt")) else _ligne(anglais, ligne)
                 for ligne in lignes]  # fmt: skip
        cle = tuple(ligne for ligne in lignes if ligne.startswith(("msgid", "msgctxt")))
        if dites != lignes and cle not in vus:
            vus.add(cle)
            entrees.append("\n".join(dites))
    return "\n\n".join([ENTETE.rstrip("\n"), *sorted(entrees)]) + "\n"


def _ligne(anglais, ligne):
    debut, guillemet, dit = ligne.partition('"')
    return debut + guillemet + (redire(anglais, dit[:-1]) + '"' if dit else "")


def _entrees():
    """(English, entry of the catalogue) of all that Wagtail says in French."""
    for po in sorted(Path(wagtail.__file__).parent.rglob("locale/fr/LC_MESSAGES/django.po")):
        if po.parents[3].name in LAISSES:
            continue
        commande = [
            "msgattrib",
            "--no-wrap",
            "--no-location",
            "--translated",
            "--no-fuzzy",
            "--no-obsolete",
            str(po),
        ]
        lu = subprocess.run(commande, check=True, capture_output=True, text=True).stdout
        for bloc in lu.split("\n\n")[1:]:
            entree = "\n".join(ligne for ligne in bloc.split("\n") if ligne and not ligne.startswith("#"))
            if trouve := re.search(r'^msgid "(.*)"$', entree, re.M):
                yield trouve[1], entree


def poser(dossier):
    """Write the catalogue and its compiled form in `dossier`."""
    dossier.mkdir(parents=True, exist_ok=True)
    (dossier / "django.po").write_text(catalogue())
    subprocess.run(["msgfmt", "-o", str(dossier / "django.mo"), str(dossier / "django.po")], check=True)
