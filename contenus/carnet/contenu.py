"""The booklet of a consultation, made from what the organisers entered: nothing has to be typed twice."""

from dataclasses import replace
from functools import cached_property
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from ateliers import lectures as lectures_ateliers
from ateliers.models import Atelier, Place
from consultation.models import Axe, Synthese
from consultation.textes import espacer_code

from . import dates
from .carres import adresse_de, carre, sans_protocole
from .pages import (
    Carnet,
    Couverture,
    EtApres,
    Geste,
    Grille,
    Idees,
    MaPage,
    ModeEmploi,
    Moment,
    Preparation,
    Programme,
    Question,
    RangGrille,
    Seance,
    Signe,
    Suite,
    Tendance,
    Tendances,
)
from .pages_composees import MesJours, RendezVous


def carnet(consultation, participant=None):
    """Return the `Carnet` that makes itself, anonymous or marked for `participant`. Six queries at most."""
    matiere = Matiere(consultation, participant)
    sortes = ("mode_emploi", "programme", "axes", "grille", "preparation", "idees", "ma_page")
    return matiere.relier([page for sorte in sortes for page in matiere.pages(sorte)])


class Matiere:
    """What the pages that make themselves are made of, each thing read once."""

    def __init__(self, consultation, participant=None):
        self.consultation, self.participant = consultation, participant

    @cached_property
    def temps(self):
        return lectures_ateliers.programme(self.consultation)

    @cached_property
    def miens(self):
        return _miens(self.participant)

    def pages(self, sorte):
        """Return the pages of a kind: none when there is nothing to say, or nobody to say it to."""
        pages = {
            "mode_emploi": lambda: [_mode_emploi(self.consultation)],
            "programme": lambda: _programme(self.temps, self.miens),
            "axes": lambda: [_tendances(self.consultation)],
            "grille": lambda: [_grille()],
            "mes_jours": lambda: [_mes_jours(self.participant, self.temps, self.miens)],
            "preparation": lambda: [_preparation(self.temps, self.miens)],
            "idees": lambda: [_idees()],
            "ma_page": lambda: [_ma_page(self.participant)],
        }[sorte]()
        return [page for page in pages if page]

    def relier(self, pages, **couverture):
        """Return the Carnet of those pages, between its cover and what follows the seminar."""
        devant = _couverture(self.consultation, self.participant)
        devant = replace(devant, **{nom: valeur for nom, valeur in couverture.items() if valeur})
        return Carnet(devant.titre, devant, tuple(pages), _et_apres(self.consultation))


def _miens(participant):
    if participant is None:
        return frozenset()
    return frozenset(Place.objects.filter(participant=participant).values_list("atelier_id", flat=True))


def _couverture(consultation, participant):
    quand = dates.periode(consultation.debut, consultation.fin)
    return Couverture(
        titre=_("Carnet du participant"),
        sous_titre=consultation.titre,
        lieu_dates=", ".join(morceau for morceau in (consultation.lieu, quand) if morceau),
        nom=participant.nom_complet if participant else "",
    )


def _mode_emploi(consultation):
    signes = tuple(Signe(college.signe, college.nom) for college in consultation.colleges.all())
    nombres = {2: _("Deux groupes, deux signes"), 3: _("Trois groupes, trois signes")}
    nombres |= {4: _("Quatre groupes, quatre signes"), 5: _("Cinq groupes, cinq signes")}
    return ModeEmploi(
        titre=_("Ce carnet est à vous"),
        gestes=(
            Geste(_("Écrivez dedans."), _("Des mots, des dessins, comme vous voulez.")),
            Geste(_("Proposez."), _("Avec votre téléphone, ou avec une carte en papier. C’est pareil.")),
            Geste(_("Votez."), _("Tout le monde a le même nombre de gommettes.")),
            Geste(
                _("Suivez votre idée."),
                _("Le carré de « Ma page à moi »"),
                "ma-page",
                _("ouvre votre page à vous."),
            ),
        ),
        titre_signes=nombres.get(len(signes), _("Les signes")),
        signes=signes,
        regle=_("on écoute jusqu’au bout, sans se moquer."),
    )


def _programme(temps, miens):
    """One page a day, in the order of the days."""
    par_jour = groupby(
        sorted(temps, key=lambda t: (timezone.localtime(t.debut), t.ordre)),
        key=lambda t: timezone.localtime(t.debut).date(),
    )
    pages = []
    for rang, (date, moments) in enumerate(par_jour, start=1):
        moments = tuple(_moment(t, miens) for t in moments)
        seances = [seance for m in moments for seance in (*m.plenieres, *m.ateliers)]
        pages.append(
            Programme(
                titre=dates.jour(date),
                moments=moments,
                a_des_miennes=any(seance.mienne for seance in seances),
                ancre=f"jour-{rang}",
            )
        )
    return pages


def _moment(temps, miens):
    def seances(nature):
        return tuple(
            Seance(a.titre, a.salle.nom if a.salle else "", a.pk in miens)
            for a in temps.ateliers.all()
            if a.nature == nature
        )

    return Moment(
        picto=temps.picto,
        titre=temps.titre,
        heures=_("de %(debut)s à %(fin)s") % {"debut": dates.heure(temps.debut), "fin": dates.heure(temps.fin)},
        resume=temps.resume,
        plenieres=seances(Atelier.Nature.PLENIERE),
        ateliers=seances(Atelier.Nature.ATELIER),
    )


def _tendances(consultation):
    """The axes as the organisers introduced them: what we see, what we ask ourselves."""
    axes = list(Axe.objects.filter(consultation=consultation))
    tendances = tuple(
        Tendance(axe.titre, axe.chapeau, tuple(theme.titre for theme in axes if theme.parent_id == axe.pk))
        for axe in axes
        if axe.parent_id is None
    )
    return tendances and Tendances(
        titre=_("De quoi parle-t-on ?"),
        chapeau=_("Voici ce que d’autres ont déjà remarqué. Et chez vous ?"),
        tendances=tendances,
    )


def _grille():
    return Grille(
        titre=_("Nos missions, nos métiers"),
        consigne=_("Écrivez ou dessinez. Toutes les réponses comptent."),
        colonnes=(_("Aujourd’hui"), _("Demain")),
        debout=True,
        rangs=(
            RangGrille(
                _("Nos missions"), (_("À quoi sert notre association ?"), _("À quoi devra-t-elle servir ?"))
            ),
            RangGrille(_("Nos métiers"), (_("Que savons-nous bien faire ?"), _("Que faudra-t-il apprendre ?"))),
        ),
    )


def _siens(temps, miens):
    """(day and hour in words, workshop) of the workshops among `miens`, in the order of the programme."""
    for t in temps:
        quand = f"{dates.jour(timezone.localtime(t.debut))}, {dates.heure(t.debut)}"
        yield from ((quand, atelier) for atelier in t.ateliers.all() if atelier.pk in miens)


def _mes_jours(participant, temps, miens):
    if participant is None:
        return None
    prenom, college = participant.prenom, participant.college
    return MesJours(
        titre=_("%(prenom)s, vos ateliers") % {"prenom": prenom} if prenom else _("Vos ateliers"),
        college=Signe(college.signe, college.nom),
        rendez_vous=tuple(
            RendezVous(quand, atelier.titre, _ou(atelier.salle)) for quand, atelier in _siens(temps, miens)
        ),
        sans_rendez_vous=_("Vous n’avez pas encore choisi d’atelier. Demandez à l’accueil."),
    )


def _ou(salle):
    """The room and how to get there: "Salle Terre, rez-de-chaussée"."""
    return ", ".join(filter(None, (salle.nom, salle.acces))) if salle else ""


def _preparation(temps, miens):
    questions = tuple(
        Question(
            titre=atelier.titre,
            quand=quand + (f" · {atelier.salle.nom}" if atelier.salle else ""),
            question=atelier.espace.question,
        )
        for quand, atelier in _siens(temps, miens)
    )
    return questions and Preparation(
        titre=_("Mes ateliers"),
        consigne=_("Ce que j’ai envie d’y dire. Quelques mots suffisent."),
        questions=questions,
    )


def _idees():
    return Idees(
        titre=_("Mes idées"),
        consigne=_("Une idée par bloc. Recopiez sur votre téléphone celles que vous voulez proposer."),
        blocs=(_("Première idée"), _("Deuxième idée"), _("Troisième idée")),
    )


def _ma_page(participant):
    code = (participant.code_personnel or "") if participant else ""
    return MaPage(
        titre=_("Ma page à moi"),
        consigne=_("Qu’est devenue ma proposition ? Visez le carré avec l’appareil photo de votre téléphone."),
        **carre(adresse_de(f"/m/{code}/" if code else "/moi/")),
        sans_photo=_("Sans appareil photo :"),
        adresse=sans_protocole(adresse_de("/moi")),
        puis=_("puis le code"),
        code=espacer_code(code),
        prudence=_("Il ouvre votre page. Il ne dit pas votre nom."),
        titre_suivi=_("Les pistes que je veux suivre"),
    )


def _et_apres(consultation):
    publiees = Synthese.objects.filter(consultation=consultation, etat=Synthese.Etat.PUBLIEE).order_by(
        "publiee_le"
    )
    parues = tuple(
        Suite(
            _("Le %(date)s") % {"date": dates.periode(timezone.localdate(s.publiee_le), None)},
            _("%(titre)s : c’est publié.") % {"titre": s.titre},
        )
        for s in publiees[:3]
        if s.publiee_le
    )
    return EtApres(
        titre=_("Et après ?"),
        suites=parues
        or (
            Suite(_("Dans les jours qui suivent"), _("Des personnes écrivent la synthèse de nos pistes.")),
            Suite(_("Quand elle est prête"), _("La synthèse est publiée. Chaque phrase dit d’où elle vient.")),
            Suite(_("Ensuite"), _("Le Fil d’Info arrive dans votre structure. Demandez-le.")),
        ),
        titre_aide=_("La personne qui peut m’aider"),
        aides=(_("Son prénom"), _("Son téléphone")),
        devise=_("Ce qui se dit en atelier ne se perd pas."),
    )
