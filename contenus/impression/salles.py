"""What is printed of one room: its wall, and its hour on a sheet for when nothing works."""

from collections import defaultdict

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ateliers.consignes import consigne_dite
from ateliers.lectures import deroule
from consultation.decomptes import Familles
from consultation.lectures import regle_du_scrutin
from consultation.models import Proposition

from ..carnet import dates
from ..carnet.carres import adresse_de, carre, sans_protocole
from .composer import composer
from .dessins import dessins


def mur_pdf(atelier, grand=False):
    """Return what was said in a room, as it is shown there, under its pistes; `grand`: to hang (A3), else A4.

    Words hidden or taken back are not in it. Raises EchecImpression.
    """
    groupes = _groupes(atelier)
    signes = {p["signe"] for groupe in groupes for p in groupe["propositions"]}
    n = sum(len(groupe["propositions"]) for groupe in groupes)
    donnees = {
        **_entete(atelier, _("Le mur – %(atelier)s") % {"atelier": atelier.titre}),
        "grand": grand,
        "groupes": groupes,
        "pied": ngettext("%(n)d proposition", "%(n)d propositions", n) % {"n": n}
        + " · "
        + _("Ces mots ont été dits pour la salle : demandez avant de les publier."),
        "svg": dessins("logo", *sorted(f"f-{signe}" for signe in signes)),
        "mots": {"numero": _("n°"), "vide": _("Rien n’a encore été proposé.")},
    }
    return composer("mur", donnees, nom=_("mur"))


def _groupes(atelier):
    """[{"numero", "texte", "propositions"}]: pistes in their order, then what none has gathered. Four queries."""
    familles = Familles.de_l_espace(atelier.espace_id)
    dites = Proposition.objects.affichees().filter(espace=atelier.espace_id).exclude(texte="")
    par_piste = defaultdict(list)
    for proposition in dites.select_related("college").order_by("pk"):
        par_piste[familles.racine(proposition.piste_id) if proposition.piste_id else None].append(proposition)
    pistes = atelier.espace.pistes.vivantes().order_by("numero")
    groupes = [(piste.numero, piste.texte, par_piste.pop(piste.pk, [])) for piste in pistes]
    reste = sorted((p for autres in par_piste.values() for p in autres), key=lambda p: p.pk)
    if reste:
        groupes.append((None, _("Pas encore rangées") if groupes else _("Les propositions"), reste))
    return [
        {"numero": numero, "texte": texte, "propositions": [_mots(p) for p in propositions]}
        for numero, texte, propositions in groupes
    ]


def _mots(proposition):
    return {
        "texte": proposition.texte_public,
        "signe": proposition.college.signe,
        "college": proposition.college.nom_court,
        "note": proposition.d_ou,
    }


def conducteur_pdf(atelier):
    """Return the hour of a workshop on paper, for when nothing works. Raises EchecImpression.

    Its steps with their times, its code, the rule of its vote, what to do, a sheet to count on by college.
    """
    prevu, colleges = deroule(atelier), list(atelier.consultation.colleges.all())
    adresse = adresse_de(f"/r/{atelier.code}/")
    donnees = {
        **_entete(atelier, _("La feuille de l’atelier – %(atelier)s") % {"atelier": atelier.titre}),
        **carre(adresse),
        "salle": atelier.salle.nom if atelier.salle else "",
        "code": atelier.code_lisible,
        "adresse": sans_protocole(adresse_de("/rejoindre")),
        "projection": sans_protocole(adresse_de(f"/projeter/{atelier.code}/")),
        "etapes": [_etape(ligne) for ligne in prevu.lignes],
        "fin": _("Fin prévue à %(heure)s.") % {"heure": dates.heure(prevu.fin)} if prevu.fin else "",
        "secours": _secours(),
        "colleges": [{"signe": c.signe, "nom": c.nom_court} for c in colleges],
        "svg": dessins("logo", *(f"f-{c.signe}" for c in colleges)),
        "mots": _mots_du_conducteur(),
    }
    return composer("conducteur", donnees, nom=_("feuille de l’atelier"))


def _entete(atelier, titre):
    quand = {
        "jour": dates.jour(timezone.localtime(atelier.debut)),
        "debut": dates.heure(atelier.debut),
        "fin": dates.heure(atelier.temps.fin),
    }
    return {
        "titre": titre,
        "atelier": atelier.titre,
        "question": atelier.espace.question,
        "temps": atelier.temps.titre,
        "quand": _("%(jour)s, de %(debut)s à %(fin)s") % quand,
    }


def _etape(ligne):
    etape = ligne.etape
    return {
        "heure": dates.heure(ligne.debut),
        "duree": _("%(n)d min") % {"n": etape.duree},
        "titre": etape.titre,
        "consigne": consigne_dite(etape),
        "regle": regle_du_scrutin(etape.scrutin) if etape.scrutin else "",
    }


def _secours():
    """What to do when phones, network or projector fail, in the order of the hour."""
    return [
        _("Pas de réseau : rien n’est perdu. Ce qui est écrit attend sur chaque téléphone et partira tout seul."),
        _("Proposer : une idée par carte papier, avec le signe de son collège. Affichez les cartes au mur."),
        _("Regrouper : mettez ensemble les cartes qui se ressemblent. Écrivez une phrase par tas, et un numéro."),
        _("Voter : chaque personne met ses gommettes, ou lève la main. Comptez les personnes, par collège."),
        _("Après : saisissez les cartes dans la console, avec leur table, et gardez cette feuille."),
    ]


def _mots_du_conducteur():
    return {
        "entrer": _("On entre sur"),
        "code": _("avec le code"),
        "projeter": _("L’écran de la salle :"),
        "deroule": _("Déroulé"),
        "sans_etape": _("Il n’y a pas encore d’étape."),
        "heure": _("Heure"),
        "duree": _("Durée"),
        "etape": _("Étape"),
        "note": _("À noter"),
        "regle": _("La règle :"),
        "si_rien": _("Si rien ne marche"),
        "feuille": _("Compter à la main"),
        "compter": _("Une ligne par piste. Dans chaque case, combien de personnes, et non de gommettes."),
        "numero": _("n°"),
        "mots": _("La piste"),
        "total": _("Ensemble"),
    }
