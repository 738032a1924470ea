"""The preparation page: in order, what is ready and what remains to be done. It is the organiser's home.

Each app says its own lines through the hook "lignes_de_preparation": a function of the consultation that
returns a list of `Ligne`. So this page knows nothing of rooms and clocks.
"""

from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.widgets.button import HeaderButton

from ..lectures import demarche
from ..models import Consultation
from .acteurs import quand_se_tient
from .actions import changer_etat, mettre_colleges_habituels
from .histoire import reglages
from .socle import ActeDansConsultation, DansConsultation

FAIT, A_FAIRE, EN_COURS, FACULTATIF, PLUS_TARD = "fait", "a_faire", "en_cours", "facultatif", "plus_tard"
MOTS = {
    FAIT: gettext_lazy("Prêt"),
    A_FAIRE: gettext_lazy("À faire"),
    EN_COURS: gettext_lazy("En cours"),
    FACULTATIF: gettext_lazy("Si besoin"),
    PLUS_TARD: gettext_lazy("Plus tard"),
}
ICONES = {FAIT: "circle-check", A_FAIRE: "radio-empty", EN_COURS: "draft", FACULTATIF: "minus", PLUS_TARD: "lock"}


@dataclass(frozen=True)
class Ligne:
    """One thing to prepare. `constat`: what is there, said. `actes`: [(label, address to POST to, fields)]."""

    ordre: int
    titre: str
    etat: str
    constat: str
    adresse: str
    lien: str
    actes: list = field(default_factory=list)
    precisions: list = field(default_factory=list)

    @property
    def mot(self):
        return MOTS[self.etat]

    @property
    def icone(self):
        return ICONES[self.etat]


def lignes_de(consultation):
    """Return every line of the page, in the order in which a seminar is prepared."""
    lignes = []
    for fonction in hooks.get_hooks("lignes_de_preparation"):
        lignes += fonction(consultation)
    return sorted(lignes, key=lambda ligne: ligne.ordre)


def lignes_de_consultation(consultation):
    """The lines of this app: presentation, colleges, axes, opening."""
    faire = (_presentation, _demarche, _colleges, _axes, _ouverture)
    return [ligne(consultation) for ligne in faire]


def _presentation(consultation):
    manques = [
        nom
        for nom, valeur in (
            (_("les dates"), consultation.debut and consultation.fin),
            (_("le lieu"), consultation.lieu),
            (_("le nombre de places"), consultation.places),
            (_("la présentation"), consultation.chapeau),
        )
        if not valeur
    ]
    constat = _("Il manque : %(manques)s.") % {"manques": ", ".join(manques)} if manques else _("Tout est rempli.")
    return Ligne(
        10,
        _("Présentation, dates et règles"),
        EN_COURS if manques else FAIT,
        constat,
        reverse("consultations:edit", args=[consultation.pk]),
        _("Modifier"),
    )


def _demarche(consultation):
    etapes = list(consultation.demarche.all())
    constat = _("Ce qui vient avant et après : visites, groupe élargi, réunions en région.")
    if etapes:
        constat = ngettext("%(n)s étape.", "%(n)s étapes.", len(etapes)) % {"n": len(etapes)}
    sans = [e.titre for e in etapes if not (e.debut or e.moment)]
    return Ligne(
        15,
        _("Démarche en étapes"),
        FACULTATIF if not etapes else EN_COURS if sans else FAIT,
        constat,
        reverse("gestion:demarche", args=[consultation.pk]),
        _("Voir les étapes"),
        precisions=[_("Sans date : %(noms)s.") % {"noms": ", ".join(sans)}] if sans else [],
    )


def _colleges(consultation):
    colleges = list(consultation.colleges.all())
    adresse = reverse("gestion:colleges", args=[consultation.pk])
    habituels = reverse("gestion:colleges_habituels", args=[consultation.pk])
    if not colleges:
        return Ligne(
            20,
            _("Collèges et parts visées"),
            A_FAIRE,
            _("Au nom de qui parle-t-on ? Aucun collège n’est encore là."),
            adresse,
            _("Choisir les collèges"),
            actes=[(_("Mettre les quatre collèges habituels"), habituels, {})],
        )
    total = ngettext("%(n)s collège.", "%(n)s collèges.", len(colleges)) % {"n": len(colleges)}
    cibles = [f"{c.nom_court} {c.part_cible} %" for c in colleges if c.part_cible is not None]
    visees = (
        _("Parts visées : %(cibles)s.") % {"cibles": ", ".join(cibles)}
        if cibles
        else _("Aucune part n’est visée.")
    )
    somme = sum(c.part_cible or 0 for c in colleges)
    juste = not cibles or len(cibles) < len(colleges) or somme == 100
    if not juste:
        visees += " " + _("Elles font %(somme)s %%, au lieu de 100.") % {"somme": somme}
    return Ligne(
        20,
        _("Collèges et parts visées"),
        FAIT if cibles and juste else EN_COURS,
        f"{total} {visees}",
        adresse,
        _("Voir les collèges"),
    )


def _axes(consultation):
    comptes = consultation.axes.aggregate(
        axes=Count("pk", filter=Q(parent__isnull=True)), themes=Count("pk", filter=Q(parent__isnull=False))
    )
    axes = ngettext("%(n)s axe", "%(n)s axes", comptes["axes"]) % {"n": comptes["axes"]}
    themes = ngettext("%(n)s thème", "%(n)s thèmes", comptes["themes"]) % {"n": comptes["themes"]}
    constat = f"{axes}, {themes}." if comptes["axes"] else _("Aucun axe : les pistes ne seront pas rangées.")
    return Ligne(
        30,
        _("Axes et thèmes"),
        FAIT if comptes["axes"] else A_FAIRE,
        constat,
        reverse("gestion:axes", args=[consultation.pk]),
        _("Voir les axes"),
    )


def _ouverture(consultation):
    etats = Consultation.Etat
    adresse = reverse("gestion:changer_etat", args=[consultation.pk])
    etat, constat, actes = {
        etats.PREPARATION: (
            A_FAIRE,
            _("Personne ne peut encore entrer. Ouvrez quand tout est prêt."),
            [(_("Ouvrir la consultation"), adresse, {"etat": etats.OUVERTE})],
        ),
        etats.OUVERTE: (
            FAIT,
            _("Elle est ouverte : on peut entrer et parler."),
            [
                (_("Clore"), adresse, {"etat": etats.CLOSE}),
                (_("Revenir en préparation"), adresse, {"etat": etats.PREPARATION}),
            ],
        ),
        etats.CLOSE: (
            FAIT,
            _("Elle est close : on peut lire, on ne peut plus parler."),
            [(_("Ouvrir à nouveau"), adresse, {"etat": etats.OUVERTE})],
        ),
    }[consultation.etat]
    return Ligne(110, _("Ouvrir la consultation"), etat, constat, "", "", actes=actes)


class PagePreparation(DansConsultation, TemplateView):
    """Facilitators and rapporteurs find here the links to what is theirs, without the preparation itself."""

    template_name = "consultation/gestion/preparation.html"
    reserve_aux_organisateurs = False

    def get_page_title(self):
        return self.consultation.titre

    def get_context_data(self, **kwargs):
        contexte = super().get_context_data(**kwargs)
        contexte["demarche"] = [(lue, quand_se_tient(lue.etape)) for lue in demarche(self.consultation)]
        contexte["blocs"] = [bloc for fn in hooks.get_hooks("blocs_de_preparation") for bloc in fn(self)]
        if not self.organise:
            return contexte
        lignes = lignes_de(self.consultation)
        comptees = [ligne for ligne in lignes if ligne.etat not in (FACULTATIF, PLUS_TARD)]
        return contexte | {
            "lignes": lignes,
            "histoire": reglages(self.consultation),
            "faites": sum(ligne.etat == FAIT for ligne in comptees),
            "sur": len(comptees),
            "prochaine": next((ligne for ligne in comptees if ligne.etat != FAIT), None),
        }

    @property
    def header_buttons(self):
        if not self.organise:
            return []
        adresse = reverse("consultations:edit", args=[self.consultation.pk])
        return [HeaderButton(_("Modifier la présentation"), url=adresse, icon_name="edit")]


class ChangerEtat(ActeDansConsultation):
    def agir(self):
        etat = self.request.POST.get("etat", "")
        consultation = changer_etat(consultation=self.consultation, etat=etat, par=self.request.user)
        return _("État : %(etat)s.") % {"etat": consultation.get_etat_display()}


class PoserColleges(ActeDansConsultation):
    retour = "gestion:colleges"

    def agir(self):
        crees = mettre_colleges_habituels(consultation=self.consultation, par=self.request.user)
        if not crees:
            return _("Les quatre collèges habituels étaient déjà là.")
        noms = ", ".join(str(c) for c in crees)
        return _("Ajoutés : %(noms)s.") % {"noms": noms}
