"""A visit on paper: its sheet, with who comes, and the page that is handed to the enterprise."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contenus.carnet.carres import adresse_de, carre, sans_protocole
from contenus.impression.composer import composer
from contenus.impression.dessins import dessins

from .lectures import gens, quand
from .models import Visite


def feuille_pdf(visite):
    """Return the sheet of a visit, tagged PDF/UA-1, A4. Raises EchecImpression."""
    page = adresse_de(reverse("visites:visite", args=[visite.consultation.slug, visite.pk]))
    secrete = adresse_de(reverse("visites:entreprise", args=[visite.cle]))
    secret = {cle.replace("qr", "secret"): valeur for cle, valeur in carre(secrete).items()}
    lus = gens(visite)
    n = len(lus.attentes)
    attente = ngettext("%(n)s personne attend une place.", "%(n)s personnes attendent une place.", n)
    annulee = visite.etat == Visite.Etat.ANNULEE
    donnees = {
        "titre": _("Visite – %(entreprise)s") % {"entreprise": visite.entreprise},
        "seminaire": visite.consultation.titre,
        "entreprise": visite.entreprise,
        "annonce": _("Annulée : %(motif)s") % {"motif": visite.motif} if annulee else "",
        "a_voir": visite.a_voir,
        "quand": quand(visite.debut, visite.fin),
        "lieu": visite.lieu,
        "acces": visite.acces,
        "gens": [_personne(demande.participant) for demande in lus.places],
        "attente": attente % {"n": n} if n else "",
        "adresse_secrete": sans_protocole(secrete),
        "svg": dessins("logo", *{f"f-{demande.participant.college.signe}" for demande in lus.places}),
        "mots": _mots(),
        **carre(page),
        **secret,
    }
    return composer("visite", donnees, nom=_("feuille de visite"))


def _personne(participant):
    return {
        "nom": participant.nom_complet or str(participant),
        "college": participant.college.nom_court,
        "signe": participant.college.signe,
        "origine": str(participant.structure or participant.territoire or ""),
    }


def _mots():
    return {
        "quand": _("Quand"),
        "ou": _("Où"),
        "acces": _("Comment venir"),
        "gens": _("Qui vient"),
        "personne": _("Personne n’a encore de place."),
        "nom": _("Nom"),
        "college": _("Collège"),
        "origine": _("D’où"),
        "la": _("Présent"),
        "entreprise": _("Pour l’entreprise qui reçoit"),
        "secret": _(
            "Après la visite, le groupe écrit un compte rendu. Rien n’est publié sans votre accord. "
            "Visez ce carré, ou tapez cette adresse : vous lirez le texte et vous direz oui ou non. "
            "Gardez cette page, elle est à vous."
        ),
    }
