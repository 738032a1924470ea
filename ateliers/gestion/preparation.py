"""What this app adds to the preparation page, from the half-days to the codes."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultation.gestion.preparation import A_FAIRE, EN_COURS, FACULTATIF, FAIT, Ligne
from consultation.models import Mandat, Suivi
from consultation.regles import mandats_de, peut_editer

from .. import lectures
from ..inscriptions.lectures import badges_a_imprimer
from ..lectures.conflits import colleges_invisibles, conflits
from ..models import Atelier, Etape
from .mixite import mixite
from .programme import ateliers_sans

#: Beyond this, a line of the page says how many more there are.
NOMS_MAX = 3


def lignes(consultation):
    """The lines of the programme, of the team, of the registrations and of the codes."""
    ateliers = list(
        Atelier.objects.filter(espace__consultation=consultation)
        .du_programme()
        .select_related("espace", "salle", "temps")
        .annotate(
            nb_etapes=Count("etapes", distinct=True),
            votes_sans_regle=Count(
                "etapes", filter=Q(etapes__nature=Etape.Nature.VOTE, etapes__scrutin__isnull=True), distinct=True
            ),
        )
    )
    page = _Page(consultation)
    return [
        page.temps(),
        page.salles(),
        page.ateliers(ateliers),
        page.deroules(ateliers),
        page.equipe(ateliers),
        page.inscriptions(),
        page.codes(ateliers),
    ]


class _Page:
    def __init__(self, consultation):
        self.consultation = consultation

    def adresse(self, nom, *args):
        return reverse(f"gestion_ateliers:{nom}", args=[self.consultation.pk, *args])

    def temps(self):
        n = self.consultation.temps.count()
        actes = []
        if not n and self.consultation.debut:
            actes = [(_("Poser les quatre demi-journées"), self.adresse("temps_habituels"), {})]
        constat = (
            ngettext("%(n)s demi-journée.", "%(n)s demi-journées.", n) % {"n": n}
            if n
            else _("Aucune pour le moment.")
        )
        if not n and not self.consultation.debut:
            constat = _("Donnez d’abord les dates, dans la présentation.")
        return Ligne(
            40, _("Demi-journées"), FAIT if n else A_FAIRE, constat, self.adresse("temps"), _("Voir"), actes
        )

    def salles(self):
        n = self.consultation.salles.count()
        constat = ngettext("%(n)s salle.", "%(n)s salles.", n) % {"n": n} if n else _("Aucune pour le moment.")
        return Ligne(
            50, _("Salles"), FAIT if n else A_FAIRE, constat, self.adresse("salles"), _("Voir les salles")
        )

    def ateliers(self, ateliers):
        adresse = self.adresse("ateliers")
        if not ateliers:
            return Ligne(
                60,
                _("Ateliers et plénières"),
                A_FAIRE,
                _("Aucun pour le moment."),
                adresse,
                _("Ajouter un atelier"),
            )
        plenieres = sum(a.nature == Atelier.Nature.PLENIERE for a in ateliers)
        constat = ngettext("%(n)s atelier", "%(n)s ateliers", len(ateliers) - plenieres) % {
            "n": len(ateliers) - plenieres
        }
        constat += ", " + ngettext("%(n)s plénière.", "%(n)s plénières.", plenieres) % {"n": plenieres}
        manques = _manquants(_("Sans salle"), [a for a in ateliers if not a.salle])
        manques += _manquants(_("Sans question"), [a for a in ateliers if not a.espace.question])
        manques += [conflit.phrase for conflit in conflits(self.consultation, ateliers)]
        etat = EN_COURS if manques else FAIT
        manques += colleges_invisibles(self.consultation, ateliers)
        return Ligne(
            60,
            _("Ateliers et plénières"),
            etat,
            constat,
            self.adresse("programme"),
            _("Voir le programme"),
            precisions=manques,
        )

    def deroules(self, ateliers):
        adresse = self.adresse("ateliers")
        if not ateliers:
            return Ligne(70, _("Déroulés"), A_FAIRE, _("Ils viennent avec les ateliers."), adresse, "")
        manques = _manquants(_("Sans étape"), [a for a in ateliers if not a.nb_etapes])
        manques += _manquants(_("Un vote sans règle"), [a for a in ateliers if a.votes_sans_regle])
        constat = _("Chaque atelier a ses étapes.") if not manques else _("Il reste des étapes à poser.")
        return Ligne(
            70,
            _("Déroulés"),
            EN_COURS if manques else FAIT,
            constat,
            adresse,
            _("Voir les déroulés"),
            precisions=manques,
        )

    def equipe(self, ateliers):
        sans_animateur = list(ateliers_sans(self.consultation, Mandat.Role.ANIMATEUR)) if ateliers else []
        sans_rapporteur = list(ateliers_sans(self.consultation, Mandat.Role.RAPPORTEUR)) if ateliers else []
        personnes = mandats_de(self.consultation).values("compte").distinct().count()
        constat = ngettext("%(n)s personne dans l’équipe.", "%(n)s personnes dans l’équipe.", personnes) % {
            "n": personnes
        }
        manques = _manquants(_("Sans animateur"), sans_animateur) + _manquants(
            _("Sans rapporteur"), sans_rapporteur
        )
        etat = EN_COURS if manques else FAIT if personnes > 1 or ateliers else A_FAIRE
        inviter = reverse("gestion:equipe", args=[self.consultation.pk])
        return Ligne(
            55,
            _("Équipe : qui anime, qui rapporte"),
            etat,
            constat,
            inviter,
            _("Voir l’équipe"),
            precisions=manques,
        )

    def inscriptions(self):
        etat_mixite = mixite(self.consultation)
        adresse = self.adresse("inscriptions")
        if not etat_mixite.total:
            return Ligne(
                90,
                _("Inscriptions"),
                A_FAIRE,
                _("Personne n’est encore inscrit."),
                self.adresse("importer"),
                _("Importer une liste"),
            )
        places = f" / {etat_mixite.places}" if etat_mixite.places else ""
        constat = ngettext("%(n)s personne inscrite.", "%(n)s personnes inscrites.", etat_mixite.inscrits)
        constat %= {"n": f"{etat_mixite.inscrits}{places}"}
        if etat_mixite.venus:
            venus = ngettext(
                "%(n)s venue sans être inscrite.", "%(n)s venues sans être inscrites.", etat_mixite.venus
            )
            constat += " " + venus % {"n": etat_mixite.venus}
        retards = [f"{part.nom} : {part.part} %. {part.phrase}" for part in etat_mixite.en_retard]
        etat = EN_COURS if retards else FAIT
        return Ligne(90, _("Inscriptions"), etat, constat, adresse, _("Voir les inscriptions"), precisions=retards)

    def codes(self, ateliers):
        nouveaux, derniere = badges_a_imprimer(self.consultation)
        nouveaux = nouveaux.count()
        adresse = self.adresse("codes")
        if not nouveaux and not derniere:
            etat = FACULTATIF if not ateliers else A_FAIRE
            return Ligne(
                100,
                _("À imprimer"),
                etat,
                _("Affiches, badges, feuilles d’émargement, chevalets, attestations."),
                adresse,
                _("Voir"),
            )
        constat = _("Pas encore imprimés.")
        if derniere:
            constat = _("Imprimés le %(le)s.") % {"le": timezone.localtime(derniere).strftime("%d/%m à %H:%M")}
        badges = ngettext("%(n)s badge à imprimer.", "%(n)s badges à imprimer.", nouveaux) % {"n": nouveaux}
        etat = A_FAIRE if not derniere else EN_COURS if nouveaux else FAIT
        return Ligne(
            100,
            _("À imprimer"),
            etat,
            constat,
            adresse,
            _("Imprimer"),
            precisions=[badges] if nouveaux else [],
        )


def _manquants(quoi, ateliers):
    """ "Sans salle : A, B, C et 2 autres", in a list of one, or nothing."""
    if not ateliers:
        return []
    noms = ", ".join(a.titre for a in ateliers[:NOMS_MAX])
    reste = len(ateliers) - NOMS_MAX
    if reste > 0:
        noms += " " + ngettext("et %(n)s autre", "et %(n)s autres", reste) % {"n": reste}
    return [_("%(quoi)s : %(noms)s.") % {"quoi": quoi, "noms": noms}]


def blocs(vue):
    """Who is registered, and the ways to each workshop that the reader leads, reports or organises."""
    parts = []
    if vue.organise:
        etat = mixite(vue.consultation)
        if etat.total:
            parts.append({"titre": _("Qui est inscrit"), "gabarit": "ateliers/gestion/jauge.html", "mixite": etat})
    ateliers = lectures.ateliers_de(vue.request.user).filter(espace__consultation=vue.consultation)
    liens = [(atelier.titre, f"/animer/{atelier.pk}/") for atelier in ateliers]
    if liens:
        parts.append({"titre": _("Ateliers à animer"), "liens": liens})
    if vue.organise:
        refaire = reverse("gestion_ateliers:dupliquer", args=[vue.consultation.pk])
        programme = reverse("gestion_ateliers:programme", args=[vue.consultation.pk])
        liens = [(_("Le programme, salle par salle"), programme), (_("Refaire ce séminaire"), refaire)]
        parts.append({"titre": _("Préparer plus vite"), "liens": liens})
        grilles = reverse("gestion_ateliers:grilles", args=[vue.consultation.pk])
        parts.append({"titre": _("Questionnaires"), "liens": [(_("Grilles"), grilles)]})
    if liens := _liens_de_suivi(vue):
        parts.append({"titre": _("Régions"), "liens": liens})
    parts.append({"titre": _("Synthèses"), "liens": [(_("Bureau du rapporteur"), "/rapporter/")]})
    return parts


def _liens_de_suivi(vue):
    """The way to the calendar of the regions for the national group, to its own page for a region's people."""
    suivi = Suivi.objects.filter(regionale=vue.consultation).first()
    if suivi is not None:
        adresse = reverse("gestion_ateliers:suivi", args=[suivi.nationale_id, suivi.pk])
        return [(_("Suivi du séminaire dans la région"), adresse)]
    seminaire = vue.consultation.nature == vue.consultation.Nature.SEMINAIRE
    if not seminaire or not peut_editer(vue.request.user, vue.consultation):
        return []
    return [(_("Suivi des régions"), reverse("gestion_ateliers:suivis", args=[vue.consultation.pk]))]
