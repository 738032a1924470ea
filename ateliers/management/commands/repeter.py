"""Rehearse a room against a running server, before the day."""

import asyncio
import json
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from ateliers.repetition import bornes, compte_rendu, deroulement
from ateliers.repetition.cible import lire_cible
from ateliers.repetition.decor import salle_de_repetition
from ateliers.repetition.verification import verifier
from consultation.erreurs import Refus

MINUTE = 60  # seconds


class Command(BaseCommand):
    help = (
        "Répète une salle sur un serveur Germoir en marche : des téléphones joués entrent, proposent, votent, "
        "perdent le wifi, reçoivent les résultats. Tout se passe dans une consultation à part, effacée à la fin."
    )
    requires_migrations_checks = True

    def add_arguments(self, parser):
        def nombre(option, defaut, aide, bornes_):
            parser.add_argument(option, type=int, default=defaut, help=f"{aide}, de {bornes_[0]} à {bornes_[1]}")

        nombre("--participants", 150, "téléphones joués", bornes.PARTICIPANTS)
        nombre("--duree", 60, "secondes que durent les entrées", bornes.DUREE)
        nombre("--limite", 10, "minutes que le tout peut durer", bornes.LIMITE)
        parser.add_argument("--vers", default="http://127.0.0.1:8123", help="adresse du serveur à essayer")
        parser.add_argument(
            "--mon-hote", default="", help="son nom, une deuxième fois, s’il n’est pas sur cette machine"
        )
        parser.add_argument(
            "--sans-fichiers", action="store_true", help="ne pas charger les styles et les scripts à l’entrée"
        )
        parser.add_argument("--json", type=Path, help="écrire aussi les mesures dans ce fichier")
        parser.add_argument(
            "--garder", action="store_true", help="garder la salle jusqu’à la prochaine répétition"
        )

    def handle(self, *, participants, duree, limite, vers, mon_hote, garder, **options):
        with _en_clair():
            bornes.verifier(participants, duree, limite)
            _exiger_le_dossier(options["json"])
            cible = lire_cible(vers, mon_hote)
            bornes.ouvrir_assez_de_fichiers(participants)
            reglages = {"duree": duree, "limite": MINUTE * limite, "fichiers": not options["sans_fichiers"]}
            with bornes.un_seul(), salle_de_repetition(garder) as salle:
                dit = {"titre": salle.repetition.consultation.titre, "code": salle.atelier.code_lisible}
                self._dire(_("Salle préparée : %(titre)s, code %(code)s.") % dit)
                bilan = self._jouer(cible, salle, participants, reglages)
                verification = verifier(salle, bilan.telephones)
                self._rendre(bilan, verification, options["json"])
        self._dire(_("Salle gardée jusqu’à la prochaine répétition.") if garder else _("Salle effacée."))
        if not verification.tient:
            raise CommandError(_("Quelque chose de reçu n’est pas dans la base."), returncode=1)
        if bilan.arret:
            raise CommandError(_("La répétition n’est pas allée jusqu’au bout."), returncode=1)

    def _jouer(self, cible, salle, participants, reglages):
        with asyncio.Runner(loop_factory=_boucle()) as coureur:
            return coureur.run(deroulement.jouer(cible, salle, participants, annoncer=self._annoncer, **reglages))

    def _annoncer(self, nom, nombre):
        """Say that a wave begins; return what tells of each quarter of it."""
        self._dire(f"· {compte_rendu.NOMS[nom]} ({compte_rendu.entier(nombre)})")
        paliers = {nombre * quart // 4 for quart in (1, 2, 3)} - {0, nombre}

        def progres(faits):
            if faits in paliers and nombre >= 20:
                fait = {"n": compte_rendu.entier(faits), "sur": compte_rendu.entier(nombre)}
                self._dire("    " + _("%(n)s sur %(sur)s") % fait)

        return progres

    def _rendre(self, bilan, verification, chemin):
        """Before the room is cleared: whatever happens then, what was measured is known."""
        rendues = compte_rendu.lignes(bilan, verification)
        self._dire("")
        for ligne in (*compte_rendu.tableau(rendues), "", *compte_rendu.conclusion(bilan, verification, rendues)):
            self._dire(ligne)
        if chemin:
            mesures = compte_rendu.en_json(bilan, verification)
            chemin.write_text(json.dumps(mesures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    def _dire(self, ligne):
        self.stdout.write(ligne)
        self.stdout.flush()


@contextmanager
def _en_clair():
    """Turn what may go wrong into a sentence that says what to do."""
    try:
        yield
    except Refus as refus:
        raise CommandError(str(refus.message)) from None
    except ProtectedError:
        message = _(
            "Une répétition gardée a servi à autre chose (une synthèse publiée ?). "
            "Retirez d’abord ce qui en vient."
        )
        raise CommandError(message) from None
    except DatabaseError as erreur:
        message = _(
            "La base ne répond pas comme il faut (%(quoi)s). La prochaine répétition effacera ce qui reste."
        )
        raise CommandError(message % {"quoi": erreur}) from erreur
    except OSError as erreur:
        raise CommandError(_("Un fichier ne peut pas être écrit (%(quoi)s).") % {"quoi": erreur}) from erreur
    except KeyboardInterrupt:
        raise CommandError(_("Répétition interrompue. Sa salle est effacée."), returncode=130) from None


def _exiger_le_dossier(chemin):
    """A mistyped folder is told before the rehearsal, not after."""
    if chemin and not chemin.resolve().parent.is_dir():
        message = _("Le dossier %(dossier)s n’existe pas.") % {"dossier": chemin.resolve().parent}
        raise Refus("dossier_absent", message)


def _boucle():
    """The fastest event loop at hand: one core plays everyone."""
    try:
        from uvloop import new_event_loop
    except ImportError:
        return None
    return new_event_loop
