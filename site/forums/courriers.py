"""The letters of whoever follows a forum: is this address yours, and the summary, which ends in one click."""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from consultation import lectures
from consultation.models import Contribution, Nouvelle

#: Things told of each kind; the rest is counted, with where to read it.
PAR_SORTE = 15


def adresse(nom, *args):
    return f"{settings.URL_PUBLIQUE}{reverse(f'forums:{nom}', args=args)}"


def _lettre(abonne, sujet, gabarit, contexte):
    """RFC 8058: the mail reader's own button ends it, without a page."""
    slug = abonne.forum.consultation.slug
    contexte |= {"consultation": abonne.forum.consultation, "suivi": adresse("suivi", slug, abonne.cle)}
    entetes = {
        "List-Unsubscribe": f"<{adresse('arreter', slug, abonne.cle)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    corps = render_to_string(f"forums/courriers/{gabarit}.txt", contexte)
    return EmailMessage(" ".join(sujet.split())[:180], corps, to=[abonne.courriel], headers=entetes)


def a_confirmer(abonne):
    """Return the letter that asks the owner of an address."""
    sujet = _("Suivre le forum : %(titre)s") % {"titre": abonne.forum.consultation.titre}
    return _lettre(abonne, sujet, "confirmer", {})


def lien_d_entree(forum, courriel, lien):
    """Return the letter that lets the owner of an address into a forum."""
    sujet = _("Entrer dans le forum : %(titre)s") % {"titre": forum.consultation.titre}
    contexte = {"consultation": forum.consultation, "lien": lien}
    corps = render_to_string("forums/courriers/lien.txt", contexte)
    return EmailMessage(" ".join(sujet.split())[:180], corps, to=[courriel])


@dataclass(frozen=True)
class Dit:
    """One line of a summary: what was said and where it is read."""

    mots: str
    ou: str
    adresse: str


class Resume:
    """What a forum's last summary tells, read once for all those who follow it. Six queries."""

    def __init__(self, forum):
        self.forum = forum
        siennes = Nouvelle.objects.filter(forum=forum, lettre_le=forum.lettre_le)
        # Read again now: what was hidden since it was set down is not told.
        lisibles = lectures.propositions_publiques(forum.consultation)
        self.propositions = list(
            lisibles.filter(pk__in=siennes.filter(proposition__isnull=False).values("proposition")).order_by("-pk")
        )
        self.contributions = list(
            Contribution.objects.publiables()
            .filter(
                pk__in=siennes.filter(contribution__isnull=False).values("contribution"),
                proposition__in=lisibles.values("pk"),
            )
            .select_related("proposition")
            .order_by("-pk")
        )
        self.repondues = list(
            lisibles.filter(reponse_publique__in=siennes.filter(reponse__isnull=False).values("reponse"))
            .select_related("reponse_publique")
            .order_by("-reponse_publique__le")
        )
        self.calendrier = lectures.calendrier(forum.consultation)

    def pour(self, abonne):
        """Return the letter of one who follows, or None when nothing of what they follow is told."""
        suivies = None if abonne.tout else {p.pk for p in abonne.propositions.all()}
        sortes = [
            (
                _("Réponses de l’organisateur"),
                [self._reponse(p) for p in self.repondues if _est_suivi(p.pk, suivies)],
            ),
            (_("Nouvelles propositions"), [self._dite(p) for p in self.propositions if suivies is None]),
            (
                _("Arguments et questions"),
                [self._argument(c) for c in self.contributions if _est_suivi(c.proposition_id, suivies)],
            ),
        ]
        sortes = [(titre, dits[:PAR_SORTE], max(0, len(dits) - PAR_SORTE)) for titre, dits in sortes if dits]
        if not sortes:
            return None
        titre = self.forum.consultation.titre
        contexte = {
            "sortes": sortes,
            "ouvertes": [lue for lue in self.calendrier if lue.etat == "ouverte"],
            "accueil": adresse("accueil", self.forum.consultation.slug),
        }
        return _lettre(abonne, _("Cette semaine dans le forum : %(titre)s") % {"titre": titre}, "resume", contexte)

    def _ou(self, pk):
        return adresse("proposition", self.forum.consultation.slug, pk)

    def _dite(self, proposition):
        return Dit(_court(proposition.texte_public), str(proposition.college), self._ou(proposition.pk))

    def _argument(self, contribution):
        ou = f"{contribution.get_nature_display()} · n° {contribution.proposition_id}"
        return Dit(_court(contribution.texte_public), ou, self._ou(contribution.proposition_id))

    def _reponse(self, proposition):
        return Dit(_court(proposition.reponse_publique.texte), f"n° {proposition.pk}", self._ou(proposition.pk))


def _est_suivi(pk, suivies):
    return suivies is None or pk in suivies


def _court(texte, signes=240):
    propre = " ".join(texte.split())
    return propre if len(propre) <= signes else f"{propre[: propre.rfind(' ', 0, signes)]}…"
