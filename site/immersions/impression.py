"""On A4 paper, and as a spreadsheet: the convention, its amendment, the assessment, the board.

The headings are those of the public form of a PMSMP (CERFA 13912): who prescribes, who leaves, who employs, who
welcomes, the period. What is not held is a line to write on: nothing is invented.
"""

import io
import tempfile
from contextlib import ExitStack

import pikepdf
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contenus.impression.composer import composer
from contenus.impression.dessins import dessins
from contenus.impression.reliure import Reliure

from . import lectures
from .lectures.parcours import signatures
from .models import Immersion


def convention_pdf(immersion):
    """Return the PDF of the convention as it stands. Raises EchecImpression."""
    sections = [
        _section(_("L’organisme qui prescrit"), _prescripteur(immersion)),
        _section(_("La personne"), _personne(immersion)),
        _section(_("La structure qui l’emploie"), _structure(immersion)),
        _section(_("L’entreprise d’accueil"), _accueil(immersion)),
        _section(_("La période"), _periode(immersion), _objectifs(immersion)),
    ]
    titre = _("Convention d’immersion")
    note = _(
        "Période de mise en situation en milieu professionnel (Code du travail, art. L. 5135-1 et suivants). "
        "La personne garde son contrat, sa paie et sa protection sociale. Elle peut arrêter quand elle veut."
    )
    return _composer(immersion, titre, note, sections, signatures(immersion))


def conventions_pdf(immersions, titre):
    """Return an open temporary file: their conventions bound in one PDF. Raises EchecImpression.

    Each is made, written and dropped before the next, and begins on a front page.
    """
    with ExitStack() as pile:
        flux = pile.enter_context(tempfile.TemporaryFile())
        reliure = Reliure(flux)
        for immersion in immersions:
            with pikepdf.open(io.BytesIO(convention_pdf(immersion))) as pdf:
                reliure.ajouter(pdf)
        reliure.finir(titre)
        flux.seek(0)
        pile.pop_all()  # read by whoever asked, then closed
        return flux


def avenant_pdf(immersion):
    """Return the PDF of the last amendment; of a blank one while there is none. Raises EchecImpression."""
    avenant = immersion.avenants.last()
    change = []
    if avenant:
        noms = {nom: Immersion._meta.get_field(nom).verbose_name for nom in avenant.avant}
        change = [
            [str(noms[nom]), _("%(avant)s, devient %(apres)s")
             % {"avant": avenant.avant[nom] or _("rien"), "apres": avenant.apres[nom] or _("rien")}]
            for nom in avenant.avant
        ]  # fmt: skip
    sections = [
        _section(_("La personne"), _personne(immersion)[:2]),
        _section(_("Ce qui change"), [[_("Pourquoi"), avenant.motif if avenant else ""], *change]),
        _section(_("La période, avec ce changement"), _periode(immersion), _objectifs(immersion)),
    ]
    titre = _("Avenant n° %(n)s à la convention d’immersion") % {"n": avenant.numero if avenant else 1}
    note = _("Le reste de la convention ne change pas. Chacun des trois signe de nouveau.")
    return _composer(immersion, titre, note, sections, signatures(immersion) if avenant else [])


def bilan_pdf(immersion):
    """Return the PDF of the assessment, filled in as far as it is; its boxes are ticked by hand otherwise."""
    niveaux = [
        [c.intitule, "" if c.niveau is None else str(c.get_niveau_display())] for c in immersion.competences.all()
    ]
    sections = [
        _section(_("La personne"), [*_personne(immersion)[:1], [_("Code ROME"), immersion.rome]]),
        _section(
            _("L’entreprise d’accueil"),
            [[_("Entreprise"), str(immersion.entreprise or "")], [_("Dates"), _dates(immersion)]],
        ),
        _section(_("Les objectifs, et le niveau atteint"), niveaux or [["", ""]] * 4),
        _section(
            _("Ce qu’en disent"),
            [[_("La personne"), immersion.avis_personne], [_("L’entreprise"), immersion.avis_accueil]],
        ),
        _section(_("Ce qui suit"), [[_("Suite"), immersion.get_issue_display()]]),
    ]
    note = _("Niveaux : non acquis, acquis en partie, acquis, acquis avec initiative.")
    return _composer(immersion, _("Bilan de l’immersion"), note, sections, [])


def bord_pdf(dispositif, bord):
    """Return the PDF of the board, with the same cells withheld as the page. Raises EchecImpression."""
    lieu = dispositif.consultation.territoire.nom
    tables = _du_filtre(bord.filtre) if bord.filtre else _de_tout(bord)
    donnees = {
        "titre": titre_du_bord(bord),
        "lieu": f"{lieu}, {periode(bord)}. {dispositif.porteur}",
        "note": _(
            "Ces nombres ont été comptés une fois. Ce qui concerne moins de cinq personnes n’est pas montré."
        ),
        "tables": [table | {"lignes": [list(map(str, ligne)) for ligne in table["lignes"]]} for table in tables],
        "svg": dessins("logo"),
    }
    return composer("immersions-bord", donnees, nom=_("tableau des immersions"))


def _de_tout(bord):
    """The tables of a whole board, those of the page."""
    tables = [_table_des_annees(bord)]
    for _cle, titre, lignes in bord.tables:
        rangs = [[une.mots, une.n] for une in lignes]
        tables.append({"titre": str(titre), "entetes": [str(titre), _("Nombre")], "lignes": rangs})
    if bord.obstacles:
        tables.append(
            {
                "titre": _("Ce qui gênait, et ce qui est réglé"),
                "entetes": [_("Obstacle"), _("Rencontré"), _("Réglé")],
                "lignes": [[str(o.mots), _dit(o.rencontre), _dit(o.leve)] for o in bord.obstacles],
            }
        )
    if bord.besoins:
        titre = _("Les besoins du territoire")
        tables.append({"titre": titre, "entetes": [titre], "lignes": [[mots] for mots in bord.besoins]})
    return tables


def _du_filtre(filtre):
    """The tables of a board narrowed to one thing: each quarter, then what followed."""
    mots = [_("pas montré") if n is None else n for n in filtre.par_trimestre]
    suites = [[une.mots, une.n] for une in filtre.suites]
    return [
        {"titre": _("Par trimestre"), "entetes": [filtre.titre, *_trimestres()], "lignes": [[filtre.mots, *mots]]},
        {
            "titre": _("Et après"),
            "entetes": [titre_des_suites(filtre), _("Nombre")],
            "lignes": suites or [[_("Trop peu de personnes pour le dire"), ""]],
        },
    ]


def titre_des_suites(filtre):
    """What followed, and of whom: the category alone, or with those that are told with it."""
    if filtre.avec:
        return _("Et après, réuni avec : %(autres)s") % {"autres": ", ".join(filtre.avec)}
    return _("Et après")


def ordre_pdf(dispositif, ordre):
    """Return the PDF of a meeting's agenda, laid out as the board is. Raises EchecImpression."""
    atelier = ordre.atelier
    lignes = [[e.titre, e.consigne, _("%(n)s min") % {"n": e.duree}] for e in lectures.etapes_de(ordre)]
    quand = date_format(timezone.localtime(atelier.debut), "l j F Y, H:i")
    donnees = {
        "titre": atelier.titre,
        "lieu": f"{dispositif.consultation.territoire.nom}, {quand}. {dispositif.porteur}",
        "note": atelier.espace.question,
        "tables": [{"titre": _("L’ordre du jour"), "entetes": [_("Point"), _("De quoi il s’agit"), _("Durée")],
                    "lignes": lignes}],
        "svg": dessins("logo"),
    }  # fmt: skip
    return composer("immersions-bord", donnees, nom=_("ordre du jour"))


def titre_du_bord(bord):
    if bord.n is None:
        return _("Moins de cinq personnes : rien n’est montré")
    if bord.filtre:
        return _("%(choix)s : %(n)s immersions faites") % {"choix": bord.filtre.mots, "n": bord.filtre.n}
    if bord.trimestre:
        return _("%(n)s immersions faites ce trimestre") % {"n": bord.n}
    return _("%(n)s immersions faites, %(vise)s étaient visées") % {"n": bord.n, "vise": bord.vise}


def periode(bord):
    """The period of a board, in words."""
    if bord.trimestre:
        return _("trimestre %(n)s de %(annee)s") % {"n": bord.trimestre, "annee": bord.annee}
    return _("année %(annee)s") % {"annee": bord.annee}


def feuilles(bord):
    """The board as sheets for a spreadsheet, [(title, headers, rows)]: the same cells withheld as the page."""
    if bord.filtre:
        return [(table["titre"], table["entetes"], table["lignes"]) for table in _du_filtre(bord.filtre)]
    table = _table_des_annees(bord)
    sortie = [(_("Fait et visé"), table["entetes"], table["lignes"])]
    sortie += [
        (str(titre), [str(titre), _("Nombre")], [[une.mots, une.n] for une in lignes])
        for _cle, titre, lignes in bord.tables
    ]
    obstacles = [[str(o.mots), _dit(o.rencontre), _dit(o.leve)] for o in bord.obstacles]
    besoins = [[mots] for mots in bord.besoins]
    return [
        *sortie,
        (_("Obstacles"), [_("Obstacle"), _("Rencontré"), _("Réglé")], obstacles),
        (_("Besoins"), [_("Les besoins du territoire")], besoins),
    ]


def _dit(n):
    return _("pas montré") if n is None else str(n)


def _table_des_annees(bord):
    lignes = [
        [str(annee), str(vise), *(_("moins de 5") if n is None else str(n) for n in par), str(total)]
        for annee, vise, par, total in bord.annees
    ]
    entetes = [_("Année"), _("Visées"), *_trimestres(), _("Faites")]
    return {"titre": _("Fait et visé"), "entetes": entetes, "lignes": lignes}


def _trimestres():
    return [_("Janv. à mars"), _("Avril à juin"), _("Juil. à sept."), _("Oct. à déc.")]


def _section(titre, rubriques, liste=()):
    return {
        "titre": titre,
        "rubriques": [[str(nom), str(valeur or "")] for nom, valeur in rubriques],
        "liste": list(liste),
    }


def _prescripteur(immersion):
    sien = immersion.prescripteur == Immersion.Prescripteur.STRUCTURE
    nom = immersion.structure.nom if sien and immersion.structure else immersion.get_prescripteur_display()
    return [[_("Nom"), nom], [_("Adresse"), ""], [_("Qui suit la personne"), immersion.referent if sien else ""]]


def _personne(immersion):
    qui = immersion.participant.nom_complet if immersion.participant else ""
    return [[_("Prénom et nom"), qui], [_("Date de naissance"), ""], [_("Adresse, téléphone"), ""]]


def _structure(immersion):
    structure = immersion.structure
    return [
        [_("Nom"), structure.nom if structure else ""],
        [_("Sorte de structure"), structure.get_type_display() if structure else ""],
        [_("Ville"), structure.ville if structure else ""],
        [_("Qui suit la personne"), immersion.referent],
        [_("Fin du contrat de travail"), _jour(immersion.contrat_fin)],
    ]


def _accueil(immersion):
    e = immersion.entreprise
    return [
        [_("Nom"), e.nom if e else ""],
        ["SIRET", e.siret if e else ""],
        [_("Adresse"), ", ".join(filter(None, [e.adresse, e.ville])) if e else ""],
        [_("Activité"), e.get_secteur_display() if e else ""],
        [_("Qui accueille et suit la personne"), immersion.tuteur],
        [_("Sa fonction"), ""],
    ]


def _periode(immersion):
    return [
        [_("But"), immersion.get_objet_display()],
        [_("Dates"), _dates(immersion)],
        [_("Horaires"), immersion.horaires],
        [_("Heures par semaine"), immersion.heures],
        [_("Ce que la personne fera"), immersion.taches],
        [_("Comment on saura si les objectifs sont atteints"), _("Un bilan à trois, objectif par objectif.")],
        [_("Santé, sécurité, équipement"), ""],
    ]


def _objectifs(immersion):
    return [c.intitule for c in immersion.competences.all()]


def _jour(quand):
    return date_format(quand, "j F Y") if quand else ""


def _dates(immersion):
    if not (immersion.debut and immersion.fin):
        return ""
    return _("du %(debut)s au %(fin)s") % {"debut": _jour(immersion.debut), "fin": _jour(immersion.fin)}


def _composer(immersion, titre, note, sections, signees):
    donnees = {
        "titre": titre,
        "porteur": immersion.dispositif.porteur,
        "version": _("Version %(n)s, imprimée le %(jour)s")
        % {"n": immersion.version, "jour": _jour(timezone.localdate())},
        "note": note,
        "sections": sections,
        "signatures": [[str(partie.label), _signature(signature)] for partie, signature in signees],
        "svg": dessins("logo"),
        "mots": {"objectifs": _("Objectifs"), "signatures": _("Signatures"), "main": _("Date et signature")},
    }
    return composer("immersion", donnees, nom=titre)


def _signature(signature):
    if signature is None:
        return ""
    le = date_format(timezone.localtime(signature.le), "j F Y, H:i")
    return _("signé %(moyen)s, le %(le)s") % {"moyen": signature.get_moyen_display(), "le": le}
