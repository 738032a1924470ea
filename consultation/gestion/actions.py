"""The desk's own acts: made of the house's acts, in one transaction each."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import actions, regles
from ..erreurs import Refus
from ..models import College, Consultation, Mandat, Territoire

#: Name, short name, explanation, sign, target share in percent of a seminar's seats; other events set their own.
COLLEGES_HABITUELS = (
    ("Salariés en parcours", "En parcours", "Salariée ou salarié en insertion", College.Signe.SALARIES, 20),
    ("Permanents", "Permanents", "Encadrante, accompagnateur, direction…", College.Signe.PERMANENTS, None),
    (
        "Administrateurs",
        "Administrateurs",
        "Bénévole au conseil d’administration",
        College.Signe.ADMINISTRATEURS,
        None,
    ),
    ("Partenaires", "Partenaires", "Collectivité, service public, entreprise…", College.Signe.PARTENAIRES, None),
)


def creer_consultation(*, consultation, par, territoire_neuf=""):
    """Save a new consultation and make its creator an organiser of it; return it.

    `territoire_neuf`: the name of a territoire to add first, for a consultation that has none.
    Raises Refus "interdit" 403, "invalide" 422.
    """
    with transaction.atomic():
        if territoire_neuf and consultation.territoire_id is None:
            territoire = Territoire(nom=territoire_neuf)
            consultation.territoire = actions.enregistrer(objet=territoire, par=par)
        actions.enregistrer(objet=consultation, par=par)
        # The creator cannot hold the right to give themselves the first mandate: the house gives it.
        actions.confier(compte=par, role=Mandat.Role.ORGANISATEUR, consultation=consultation, par=None)
    return consultation


def mettre_colleges_habituels(*, consultation, par):
    """Create the usual colleges that are missing (by sign or by name) and return those created.

    Raises Refus "interdit" 403.
    """
    exiger_organisateur(consultation, par)
    with transaction.atomic():
        presents = list(consultation.colleges.all())
        pris = {c.signe for c in presents} | {c.nom for c in presents}
        crees = []
        for nom, nom_court, description, signe, part in COLLEGES_HABITUELS:
            if signe in pris or nom in pris:
                continue
            college = College(
                consultation=consultation,
                nom=nom,
                nom_court=nom_court,
                description=description,
                signe=signe,
                part_cible=part if consultation.nature == Consultation.Nature.SEMINAIRE else None,
                ordre=len(presents) + len(crees),
            )
            crees.append(actions.enregistrer(objet=college, par=par))
    return crees


def changer_etat(*, consultation, etat, par):
    """Open, close or take back to preparation; return the consultation.

    Raises Refus "interdit" 403, "etat_inconnu" 400, "sans_college" 409 when opening with nobody to speak as.
    """
    exiger_organisateur(consultation, par)
    if etat not in Consultation.Etat.values:
        raise Refus("etat_inconnu", _("Cet état n’existe pas."), statut=400)
    with transaction.atomic():
        consultation = Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
        if etat == Consultation.Etat.OUVERTE and not consultation.colleges.exists():
            raise Refus(
                "sans_college", _("Ajoutez d’abord les collèges : personne ne pourrait entrer."), statut=409
            )
        avant, consultation.etat = consultation.etat, etat
        consultation.save(update_fields=["etat"])
        actions.noter(
            verbe="changer_etat",
            objet=consultation,
            compte=par,
            details={"avant": avant, "apres": etat, "le": timezone.localdate().isoformat()},
        )
    return consultation


def exiger_organisateur(consultation, par):
    """Raise Refus "interdit" 403 unless `par` organises the consultation. Nobody is no exception here."""
    if not regles.est_organisateur(par, consultation):
        raise Refus("interdit", _("Seul un organisateur peut le faire."), statut=403)
