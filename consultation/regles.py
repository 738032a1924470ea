"""Who may do what. Rights are read from `Mandat` here and nowhere else (a test reads the imports and the lookups).

An organiser may do everything in their consultation; a mandate without espace holds for all of its espaces.
Each predicate costs one query, none for a superuser or for nobody.
"""

from django.contrib.auth import get_user_model
from django.db.models import Q

from .models import Consultation, Espace, Mandat, Suivi, Synthese
from .requetes import Prete

ORGANISATEUR, ANIMATEUR = Mandat.Role.ORGANISATEUR, Mandat.Role.ANIMATEUR
RAPPORTEUR, EDITEUR = Mandat.Role.RAPPORTEUR, Mandat.Role.EDITEUR


def _connu(compte):
    return compte is not None and compte.is_authenticated and compte.is_active


#: What someone is entrusted with in a consultation, as rows (role, espace or None): asked before almost every act.
_mandats = Prete(
    lambda compte_id, consultation_id: Mandat.objects.filter(
        compte=compte_id, consultation=consultation_id
    ).values_list("role", "espace_id")
)


def _mandate(compte, consultation_id, roles, espace_id=None):
    """True if `compte` is superuser, organiser, or holds one of `roles` there or in the whole consultation."""
    if not _connu(compte):
        return False
    return compte.is_superuser or any(
        role == ORGANISATEUR or (role in roles and espace in (None, espace_id))
        for role, espace in _mandats(compte.pk, consultation_id)
    )


def _lieu(espace_ou_consultation):
    if isinstance(espace_ou_consultation, Consultation):
        return espace_ou_consultation.pk, None
    return espace_ou_consultation.consultation_id, espace_ou_consultation.pk


def est_organisateur(compte, consultation):
    return _mandate(compte, consultation.pk, ())


def est_organisateur_de(compte, espace):
    """The same, asked of one of its espaces."""
    return _mandate(compte, espace.consultation_id, ())


def peut_animer(compte, espace):
    return _mandate(compte, espace.consultation_id, (ANIMATEUR,), espace.pk)


def peut_rapporter(compte, espace_ou_consultation):
    """Word pistes and write the synthesis: the rapporteur of the espace, its facilitator, the organiser."""
    consultation_id, espace_id = _lieu(espace_ou_consultation)
    return _mandate(compte, consultation_id, (RAPPORTEUR, ANIMATEUR), espace_id)


def peut_editer(compte, consultation):
    """Read and write pages made from this consultation; in a region, the national group may too."""
    return _mandate(compte, consultation.pk, (EDITEUR,)) or _du_groupe_national(compte, consultation.pk)


def _du_groupe_national(compte, consultation_id):
    """True if this consultation follows up one that `compte` organises or edits."""
    if not _connu(compte):
        return False
    role = Q(role=ORGANISATEUR) | Q(role=EDITEUR, espace__isnull=True)
    return Mandat.objects.filter(role, compte=compte, consultation__suivis__regionale=consultation_id).exists()


def peut_publier(compte, consultation):
    """Send its pages out: who edits it; what a region wrote is sent out by the national group alone."""
    return _mandate(compte, consultation_qui_publie(consultation).pk, (EDITEUR,))


def consultation_qui_publie(consultation):
    """The consultation whose editors publish: the national one for what a region wrote. One query."""
    suivi = Suivi.objects.filter(regionale=consultation).select_related("nationale").first()
    return suivi.nationale if suivi else consultation


def est_du_groupe_national(compte, suivi):
    """Open, put off, send back: who organises or edits the seminar that is followed up."""
    return _mandate(compte, suivi.nationale_id, (EDITEUR,))


def peut_reprendre(compte, suivi):
    """Take national pistes over in a region: its référents, rapporteurs and facilitators."""
    return _mandate(compte, suivi.regionale_id, (RAPPORTEUR, ANIMATEUR))


def peut_suivre(compte, suivi):
    """Read a follow-up: the national group, and anyone entrusted with something in the region."""
    if est_du_groupe_national(compte, suivi):
        return True
    return _connu(compte) and Mandat.objects.filter(compte=compte, consultation=suivi.regionale_id).exists()


def referents_de(suivi):
    """The accounts that organise in the region, those of the national seminar apart. One query."""
    d_ici = Mandat.objects.filter(role=ORGANISATEUR, consultation=suivi.nationale_id).values("compte_id")
    return comptes_avec((ORGANISATEUR,), suivi.regionale_id).exclude(pk__in=d_ici)


def peut_repondre(compte, consultation):
    """Say what became of a piste, in the name of the network: an organiser, or an editor of the consultation."""
    return _mandate(compte, consultation.pk, (EDITEUR,))


def peut_voir_console(compte, espace):
    """See the counts of the room: who animates it or reports on it."""
    return _mandate(compte, espace.consultation_id, (ANIMATEUR, RAPPORTEUR), espace.pk)


def peut_inscrire(compte, consultation):
    """Note someone down: anyone entrusted with something in the consultation (a scribe at a table is one)."""
    if not _connu(compte):
        return False
    return compte.is_superuser or Mandat.objects.filter(compte=compte, consultation=consultation).exists()


def peut_tenir_grille(compte, grille):
    """Close a questionnaire and count it: the organiser, and who leads the room where it is answered."""
    ici = grille.espace_id is not None and peut_animer(compte, grille.espace)
    return ici or est_organisateur(compte, grille.consultation)


def consultations_de(compte):
    """The consultations in which `compte` is entrusted with something; all of them for a superuser."""
    if not _connu(compte):
        return Consultation.objects.none()
    if compte.is_superuser:
        return Consultation.objects.all()
    return Consultation.objects.filter(pk__in=Mandat.objects.filter(compte=compte).values("consultation_id"))


def espaces_de(compte):
    """The espaces `compte` may animate, report on or organise; an editor alone has none."""
    if not _connu(compte):
        return Espace.objects.none()
    if compte.is_superuser:
        return Espace.objects.all()
    siens = Mandat.objects.filter(compte=compte).exclude(role=EDITEUR)
    partout = siens.filter(Q(espace__isnull=True) | Q(role=ORGANISATEUR))
    return Espace.objects.filter(
        Q(consultation_id__in=partout.values("consultation_id")) | Q(pk__in=siens.values("espace_id"))
    )


def consultations_organisees(compte):
    """The consultations `compte` is an organiser of; all of them for a superuser."""
    return _consultations_ou(compte, (ORGANISATEUR,))


def consultations_editees(compte):
    """The consultations whose pages `compte` writes, as an editor or an organiser; all for a superuser.

    Those of the regions that follow them up come along.
    """
    siennes = _consultations_ou(compte, (ORGANISATEUR, EDITEUR)).values("pk")
    return Consultation.objects.filter(Q(pk__in=siennes) | Q(suivi__nationale__in=siennes))


def _consultations_ou(compte, roles):
    if not _connu(compte):
        return Consultation.objects.none()
    if compte.is_superuser:
        return Consultation.objects.all()
    siens = Mandat.objects.filter(Q(role=ORGANISATEUR) | Q(espace__isnull=True), compte=compte, role__in=roles)
    return Consultation.objects.filter(pk__in=siens.values("consultation_id"))


def organise_quelque_chose(compte):
    """True if `compte` organises a consultation: lists shared by all (territories, structures) are theirs too."""
    if not _connu(compte):
        return False
    return compte.is_superuser or Mandat.objects.filter(compte=compte, role=ORGANISATEUR).exists()


def syntheses_de(compte):
    """The syntheses `compte` may write or publish: of their espaces, of their consultations, of their regions."""
    if not _connu(compte):
        return Synthese.objects.none()
    if compte.is_superuser:
        return Synthese.objects.all()
    siens = Mandat.objects.filter(compte=compte)
    partout = siens.filter(Q(espace__isnull=True) | Q(role=ORGANISATEUR))
    nationales = siens.filter(Q(role=ORGANISATEUR) | Q(role=EDITEUR, espace__isnull=True))
    return Synthese.objects.filter(
        Q(consultation_id__in=partout.values("consultation_id"))
        | Q(espace_id__in=siens.values("espace_id"))
        | Q(consultation__suivi__nationale__in=nationales.values("consultation_id"))
    )


#: When someone holds several mandates, the widest is the one shown.
_LARGEUR = {ORGANISATEUR: 0, ANIMATEUR: 1, RAPPORTEUR: 2}


def roles_par_espace(compte, espaces):
    """Return {espace.pk: (the widest role `compte` holds there, in words or "", whether it leads)}. One query."""
    siens = list(Mandat.objects.filter(compte=compte).exclude(role=EDITEUR))
    lus = {}
    for espace in espaces:
        mandat = _le_plus_large(espace, siens)
        anime = compte.is_superuser or (mandat is not None and mandat.role != RAPPORTEUR)
        lus[espace.pk] = (mandat.get_role_display() if mandat else "", anime)
    return lus


def _le_plus_large(espace, mandats):
    la = [
        m
        for m in mandats
        if m.consultation_id == espace.consultation_id
        and (m.espace_id in (None, espace.pk) or m.role == ORGANISATEUR)
    ]
    la.sort(key=lambda m: _LARGEUR.get(m.role, 9))
    return la[0] if la else None


def mandats_de(consultation, **champs):
    """What is entrusted in a consultation, with accounts and espaces; `champs` narrow it (`espace`, `role`…)."""
    return Mandat.objects.filter(consultation=consultation, **champs).select_related(
        "compte", "espace", "consultation"
    )


def espaces_sans(consultation, role):
    """The espaces of a consultation for which nobody holds `role`, there or in the whole consultation."""
    pourvus = Mandat.objects.filter(consultation=consultation, role=role)
    if pourvus.filter(espace__isnull=True).exists():
        return Espace.objects.none()
    return Espace.objects.filter(consultation=consultation).exclude(pk__in=pourvus.values("espace_id"))


def tient_le_role(compte, role):
    """True if `compte` holds `role` anywhere: the Django group of that role is theirs."""
    return Mandat.objects.filter(compte=compte, role=role).exists()


def comptes_avec(roles, consultation=None):
    """Active accounts that hold one of `roles`, in `consultation` or anywhere; administrators are not counted in.

    An organiser's role holds wherever it was given; another role given in one espace is not one of the whole.
    """
    siens = Mandat.objects.filter(Q(role=ORGANISATEUR) | Q(espace__isnull=True), role__in=roles)
    if consultation is not None:
        siens = siens.filter(consultation=consultation)
    return get_user_model().objects.filter(pk__in=siens.values("compte_id"), is_active=True)


def comptes_confies(consultation):
    """Active accounts entrusted with anything at all in a consultation."""
    confies = Mandat.objects.filter(consultation=consultation).values("compte_id")
    return get_user_model().objects.filter(pk__in=confies, is_active=True)


def comptes_connus(consultation, compte):
    """Accounts that `compte` may choose among: themself, and those already entrusted in what they organise."""
    siennes = Mandat.objects.filter(compte=compte, role=ORGANISATEUR).values("consultation_id")
    connus = Mandat.objects.filter(Q(consultation_id__in=siennes) | Q(consultation=consultation)).values(
        "compte_id"
    )
    comptes = get_user_model().objects.filter(Q(pk__in=connus) | Q(pk=compte.pk), is_active=True)
    return comptes.order_by("last_name__plie", "first_name__plie", "email")
