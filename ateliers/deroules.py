"""Ready-made déroulés: a workshop is prepared in one choice, then changed step by step."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from consultation.models import Proposition, Scrutin

from .models import Etape

Nature = Etape.Nature


@dataclass(frozen=True)
class EtapeType:
    """One step to create. `duree` in minutes; `scrutin`: what `preparer_scrutin` takes, for a vote.

    A vote has no `consigne`: it is made from its settings when it is shown (`consignes`).
    """

    nature: str
    titre: str
    duree: int
    consigne: str = ""
    propose: str = Proposition.Nature.PISTE
    scrutin: dict = field(default_factory=dict)
    tables: int = 0


@dataclass(frozen=True)
class Deroule:
    titre: str
    description: str
    etapes: tuple

    @property
    def duree(self):
        """Minutes from the first step to the last."""
        return sum(etape.duree for etape in self.etapes)


GOMMETTES = {"mode": Scrutin.Mode.GOMMETTES, "gommettes": 3}
ACCORD = {"mode": Scrutin.Mode.ADHESION}

DEROULES = {
    "classique": Deroule(
        _("Atelier classique"),
        _("Chacun propose, le groupe regroupe, puis choisit avec des gommettes."),
        (
            EtapeType(
                Nature.ACCUEIL,
                _("Comprendre"),
                10,
                _("Lisez la question ensemble. Dites ce que vous ne comprenez pas."),
            ),
            EtapeType(
                Nature.IDEATION,
                _("Proposer"),
                14,
                _("Écrivez une idée à la fois. Vos mots sont gardés comme vous les écrivez."),
            ),
            EtapeType(
                Nature.REGROUPEMENT,
                _("Regrouper"),
                15,
                _("Mettez ensemble les idées qui se ressemblent. Choisissez les mots en groupe."),
            ),
            EtapeType(
                Nature.VOTE,
                _("Voter"),
                8,
                scrutin=GOMMETTES,
            ),
            EtapeType(
                Nature.DISCUSSION,
                _("Lire les résultats"),
                10,
                _("Regardez ce que chaque collège a choisi. Dites ce qui vous étonne."),
            ),
            EtapeType(
                Nature.SYNTHESE,
                _("Écrire la synthèse"),
                20,
                _("Choisissez ensemble les phrases à garder."),
            ),
            EtapeType(Nature.PAUSE, _("Pause"), 15, _("Reprise à l’heure dite.")),
        ),
    ),
    "criteres": Deroule(
        _("Critères et indicateurs"),
        _("Le groupe dit ce qui compte, comment le voir, puis quoi faire."),
        (
            EtapeType(
                Nature.ACCUEIL,
                _("Comprendre"),
                10,
                _("Un critère dit ce qui compte. Un indicateur montre si on y arrive."),
            ),
            EtapeType(
                Nature.IDEATION,
                _("Proposer des critères"),
                12,
                _("À quoi voit-on que c’est bien fait ? Écrivez un critère à la fois."),
                propose=Proposition.Nature.CRITERE,
            ),
            EtapeType(
                Nature.IDEATION,
                _("Proposer des indicateurs"),
                12,
                _("Que peut-on compter ou observer ? Écrivez un indicateur à la fois."),
                propose=Proposition.Nature.INDICATEUR,
            ),
            EtapeType(
                Nature.IDEATION,
                _("Proposer des pistes"),
                14,
                _("Que faut-il faire pour y arriver ? Écrivez une piste à la fois."),
            ),
            EtapeType(
                Nature.REGROUPEMENT,
                _("Regrouper"),
                15,
                _("Mettez ensemble les pistes qui se ressemblent. Choisissez les mots en groupe."),
            ),
            EtapeType(
                Nature.VOTE,
                _("Donner son accord"),
                10,
                scrutin=ACCORD,
            ),
            EtapeType(
                Nature.DISCUSSION,
                _("Lire les résultats"),
                10,
                _("Regardez où les collèges sont d’accord. Parlez des pistes où ils ne le sont pas."),
            ),
            EtapeType(
                Nature.SYNTHESE,
                _("Écrire la synthèse"),
                20,
                _("Pour chaque thème, écrivez les critères, les indicateurs et les pistes."),
            ),
        ),
    ),
    "pleniere": Deroule(
        _("Plénière"),
        _("Les ateliers se présentent, puis toute la salle donne son accord."),
        (
            EtapeType(Nature.ACCUEIL, _("Accueil"), 10, _("Installez-vous. Entrez avec le code du mur.")),
            EtapeType(
                Nature.DISCUSSION,
                _("Présentations"),
                40,
                _("Chaque atelier présente ses pistes. Notez celles qui vous parlent."),
            ),
            EtapeType(
                Nature.VOTE,
                _("Donner son accord"),
                12,
                scrutin=ACCORD,
            ),
            EtapeType(
                Nature.DISCUSSION,
                _("Discussion"),
                25,
                _("Parlez des résultats. Une personne à la fois."),
            ),
        ),
    ),
    "forum": Deroule(
        _("Forum court"),
        _("Une heure pour proposer, regrouper et choisir."),
        (
            EtapeType(Nature.ACCUEIL, _("Accueil"), 5, _("Lisez la question ensemble.")),
            EtapeType(
                Nature.IDEATION,
                _("Proposer"),
                15,
                _("Écrivez une idée à la fois. Vos mots sont gardés comme vous les écrivez."),
            ),
            EtapeType(
                Nature.REGROUPEMENT,
                _("Regrouper"),
                15,
                _("Mettez ensemble les idées qui se ressemblent."),
            ),
            EtapeType(
                Nature.VOTE,
                _("Voter"),
                8,
                scrutin={**GOMMETTES, "gommettes": 5},
            ),
            EtapeType(Nature.DISCUSSION, _("Discuter"), 15, _("Parlez des résultats ensemble.")),
        ),
    ),
}
