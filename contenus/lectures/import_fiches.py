"""A collection of fiches in a spreadsheet: what each column is, what each row would make, what is wrong with it.

The file is read by `ateliers.inscriptions.fichier`, as lists of people are: merged cells say the same of each row,
hidden sheets are not read. Nothing is written here.
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ateliers.inscriptions.colonnes import rang_des_entetes, reconnaitre
from consultation.textes import cle_de_mots, entier, nettoyer_ligne

from ..models import CasPage, DispositifPage, FichePage
from ..models.blocs_fiches import NOM_MAX, ROLE_MAX
from ..models.fiches import TOUTE_LA_FRANCE, comme_les_autres, mots_employes
from ..regions import REGIONS

LIGNES_MAX = 200
#: Letters of a cell: a long part of a fiche.
CELLULE_MAX = 8000
CHAMPS = {
    "numero": gettext_lazy("Numéro"),
    "titre": gettext_lazy("Titre"),
    "genre": gettext_lazy("Genre"),
    "categorie": gettext_lazy("Catégorie"),
    "secteur": gettext_lazy("Secteur"),
    "region": gettext_lazy("Région"),
    "annee": gettext_lazy("Année"),
    "en_bref": gettext_lazy("En bref"),
    "code_ape": gettext_lazy("Code APE"),
    "taille": gettext_lazy("Taille"),
    "description": gettext_lazy("Description"),
    "demande": gettext_lazy("Demande"),
    "demarche": gettext_lazy("Démarche"),
    "bilan": gettext_lazy("Bilan"),
    "objectifs": gettext_lazy("Objectifs"),
    "porteur": gettext_lazy("Qui le porte"),
    "financeurs": gettext_lazy("Qui le finance"),
    "partenaires": gettext_lazy("Partenaires"),
    "pourquoi": gettext_lazy("Pourquoi cette action"),
    "evaluation": gettext_lazy("Évaluation"),
    "apports": gettext_lazy("Ce que cela apporte"),
}
EXIGES = ("numero", "titre", "categorie", "annee", "en_bref")
_COMMUNS = ("categorie", "secteur", "en_bref")
_LONGS = ("description", "demande", "demarche", "bilan", "objectifs", "pourquoi", "evaluation", "apports")
_NOMS = {
    "numero": ("numero", "n", "no", "num", "reference", "ref", "fiche", "numerodefiche"),
    "titre": ("titre", "intitule", "nom", "title"),
    "genre": ("genre", "type", "nature"),
    "categorie": ("categorie", "theme", "thematique"),
    "secteur": ("secteur", "secteurdactivite", "activite"),
    "region": ("region",),
    "annee": ("annee", "date", "an"),
    "en_bref": ("enbref", "resume", "chapeau", "accroche"),
    "code_ape": ("codeape", "ape", "codenaf", "naf"),
    "taille": ("taille", "effectif", "effectifs"),
    "demarche": ("demarche", "actions"),
    "bilan": ("bilan", "resultats"),
    "porteur": ("quileporte", "porteur", "structureporteuse"),
    "financeurs": ("quilefinance", "financeur", "financeurs", "financement"),
    "partenaires": ("partenaires", "partenaire", "partenairesetleurrole"),
    "pourquoi": ("pourquoicetteaction", "pourquoi", "contexte"),
    "apports": ("cequecelaapporte", "apports", "plusvalue"),
}
_CHAMP_PAR_NOM = {nom: champ for champ in CHAMPS for nom in _NOMS.get(champ, (champ,))}
_REGIONS = {cle_de_mots(r.nom): r.code for r in REGIONS} | dict.fromkeys(
    ("", "toutelafrance", "france", "national"), TOUTE_LA_FRANCE
)
_GENRES = {
    "": CasPage,
    "cas": CasPage,
    "casdentreprise": CasPage,
    "entreprise": CasPage,
    "dispositif": DispositifPage,
}


@dataclass(frozen=True)
class Verdict:
    """What a row would make: a page not kept yet, or the sentences that say why not."""

    ligne: int
    titre: str
    page: FichePage | None = None
    erreurs: list = field(default_factory=list)


def champ_de(entete):
    """The field that a header names, or ""."""
    return _CHAMP_PAR_NOM.get(cle_de_mots(entete or ""), "")


def de_feuilles(feuilles):
    """Return what waits of a file: headers, the field of each, and numbered rows, of its likeliest sheet."""
    scores = [
        len(set(reconnaitre(f.lignes[rang_des_entetes(f.lignes, champ_de)][1], champ_de)) - {""}) for f in feuilles
    ]
    feuille = feuilles[scores.index(max(scores))]
    rang = rang_des_entetes(feuille.lignes, champ_de)
    entetes = feuille.lignes[rang][1]
    champs = reconnaitre(entetes, champ_de)
    lignes = feuille.lignes[rang + 1 :]
    return {"entetes": entetes, "champs": champs, "lignes": lignes, "fusions": feuille.fusions}


def champs_dits(donnees, dites):
    """Return (field of each column as posted under "colonne-<rank>", sentence saying what is wrong or "")."""
    champs = [dites.get(f"colonne-{rang}", champ) for rang, champ in enumerate(donnees["champs"])]
    champs = [champ if champ in CHAMPS else "" for champ in champs]
    return champs, ce_qui_manque(champs)


def ce_qui_manque(champs):
    """A sentence when a column is said twice, or when one that every fiche needs is missing; else ""."""
    for champ in CHAMPS:
        if champs.count(champ) > 1:
            return _("Deux colonnes disent « %(champ)s ». Gardez-en une.") % {"champ": CHAMPS[champ]}
    if manquent := [str(CHAMPS[champ]) for champ in EXIGES if champ not in champs]:
        return _("Dites quelle colonne donne : %(champs)s.") % {"champs": ", ".join(manquent)}
    return ""


def verifier(lignes, champs):
    """Return the Verdicts of numbered rows of cells. Three queries, whatever their number."""
    prises = dict.fromkeys(FichePage.objects.values_list("numero", flat=True), 0)
    employes = {nom: mots_employes(nom) for nom in ("categorie", "secteur")}
    verdicts = []
    for numero, cellules in lignes:
        dits = {c: v.strip() for c, v in zip(champs, cellules, strict=False) if c and v.strip()}
        if dits:
            verdicts.append(_juger(numero, dits, prises, employes))
    return verdicts


def _juger(ligne, dits, prises, employes):
    erreurs = [_("il manque : %(champ)s.") % {"champ": CHAMPS[c]} for c in EXIGES if c not in dits]
    modele, champs = _lire(dits, erreurs)
    numero = champs.get("numero")
    if numero in prises:
        deja = prises[numero]
        erreurs.append(
            _("la ligne %(ligne)s a déjà le numéro %(n)s.") % {"ligne": deja, "n": numero}
            if deja
            else _("une fiche a déjà le numéro %(n)s.") % {"n": numero}
        )
    if modele is None or erreurs:
        return Verdict(ligne, dits.get("titre", ""), erreurs=erreurs)
    for nom, mots in employes.items():
        champs[nom] = comme_les_autres(champs.get(nom, ""), mots)
        if champs[nom] and champs[nom] not in mots:
            mots.append(champs[nom])
    page = modele(**champs)
    erreurs = _erreurs_de(page, dits)
    if not erreurs:
        prises[numero] = ligne
    return Verdict(ligne, page.title, None if erreurs else page, erreurs)


def _lire(dits, erreurs):
    """(kind, fields) of a row; what cannot be read is told in `erreurs`."""
    modele = _GENRES.get(cle_de_mots(dits.get("genre", "")))
    if modele is None:
        erreurs.append(
            _("« %(mot)s » n’est pas un genre. Écrivez : cas, ou dispositif.") % {"mot": dits["genre"][:40]}
        )
    region = _REGIONS.get(cle_de_mots(dits.get("region", "")))
    if region is None:
        erreurs.append(
            _("« %(mot)s » n’est pas une région. Écrivez-la en entier, comme : Hauts-de-France.")
            % {"mot": dits["region"][:40]}
        )
    champs = {"title": dits.get("titre", "").replace("\n", " ")[:255], "region": region or TOUTE_LA_FRANCE}
    for nom in ("numero", "annee"):
        dit = dits.get(nom, "")
        if (lu := entier(dit, 999_999)) is not None:
            champs[nom] = lu
        elif dit:
            erreurs.append(
                _("%(champ)s : « %(mot)s » n’est pas un nombre entier.") % {"champ": CHAMPS[nom], "mot": dit[:40]}
            )
    permis = {f.name for f in modele._meta.get_fields()} if modele else set()
    if "partenaires" in permis & dits.keys():
        champs["partenaires"] = _partenaires(dits["partenaires"], erreurs)
    for nom, mots in dits.items():
        if nom in permis and nom not in ("numero", "annee", "region", "partenaires"):
            champs[nom] = _paragraphes(mots) if nom in _LONGS else mots
    return modele, champs


def _partenaires(mots, erreurs):
    """[("partenaire", {"nom", "role"})] of a cell: one a line, its name, a colon, its role."""
    lus = []
    for ligne in filter(None, map(nettoyer_ligne, mots.split("\n"))):
        nom, _deux_points, role = (mot.strip() for mot in ligne.partition(":"))
        if not (nom and role):
            dit = _("Partenaires : « %(mot)s » : il manque son rôle. Écrivez « nom : rôle », un par ligne.")
            erreurs.append(dit % {"mot": ligne[:40]})
        elif len(nom) > NOM_MAX or len(role) > ROLE_MAX:
            dit = _("Partenaires : « %(mot)s » est trop long : %(nom)s signes pour le nom, %(role)s pour le rôle.")
            erreurs.append(dit % {"mot": ligne[:40], "nom": NOM_MAX, "role": ROLE_MAX})
        lus.append(("partenaire", {"nom": nom, "role": role}))
    return lus


def _paragraphes(mots):
    return "".join(f"<p>{escape(ligne.strip())}</p>" for ligne in mots.split("\n") if ligne.strip())


def _erreurs_de(page, dits):
    """What the fields of the page say of it, each with the name of its column."""
    controles = [
        lambda: page.clean_fields(exclude=["path", "depth", "slug", "content_type", "page_ptr", "locale"])
    ]
    if isinstance(page, CasPage):
        controles.append(page.verifier_ape)
    erreurs = []
    for controler in controles:
        try:
            controler()
        except ValidationError as erreur:
            for nom, messages in erreur.message_dict.items():
                erreurs += [f"{CHAMPS.get(nom, nom)}\u202f: {message}" for message in messages]
    return erreurs
