"""Who may do what. Rights are read from `Mandat` here and nowhere else.

An organiser may do everything in their consultation; a mandate without espace holds for all of its espaces.
Each predicate costs one query, none for a superuser or for nobody.
"""

from django.db.models import Q

from .models import Consultation, Espace, Mandat, Synthese

ORGANISATEUR, ANIMATEUR = Mandat.Role.ORGANISATEUR, Mandat.Role.ANIMATEUR
RAPPORTEUR, EDITEUR = Mandat.Role.RAPPORTEUR, Mandat.Role.EDITEUR


def _connu(compte):
    return compte is not None and compte.is_authenticated and compte.is_active


def _mandate(compte, consultation_id, roles, espace_id=None):
    """True if `compte` is superuser, organiser, or holds one of `roles` there or in the whole consultation."""
    if not _connu(compte):
        return False
    if compte.is_superuser:
        return True
    portee = Q(espace__isnull=True)
    if espace_id is not None:
        portee |= Q(espace_id=espace_id)
    droit = Q(role=ORGANISATEUR) | (Q(role__in=roles) & portee)
    return Mandat.objects.filter(droit, compte=compte, consultation_id=consultation_id).exists()


def _lieu(espace_ou_consultation):
    if isinstance(espace_ou_consultation, Consultation):
        return espace_ou_consultation.pk, None
    return espace_ou_consultation.consultation_id, espace_ou_consultation.pk


def est_organisateur(compte, consultation):
    return _mandate(compte, consultation.pk, ())


def peut_animer(compte, espace):
    return _mandate(compte, espace.consultation_id, (ANIMATEUR,), espace.pk)


def peut_rapporter(compte, espace_ou_consultation):
    """Word pistes and write the synthesis: the rapporteur of the espace, its facilitator, the organiser."""
    consultation_id, espace_id = _lieu(espace_ou_consultation)
    return _mandate(compte, consultation_id, (RAPPORTEUR, ANIMATEUR), espace_id)


def peut_editer(compte, consultation):
    """Publish pages made from this consultation."""
    return _mandate(compte, consultation.pk, (EDITEUR,))


def peut_voir_console(compte, espace):
    """See the counts of the room: who animates it or reports on it."""
    return _mandate(compte, espace.consultation_id, (ANIMATEUR, RAPPORTEUR), espace.pk)


def peut_inscrire(compte, consultation):
    """Note someone down: anyone entrusted with something in the consultation (a scribe at a table is one)."""
    if not _connu(compte):
        return False
    return compte.is_superuser or Mandat.objects.filter(compte=compte, consultation=consultation).exists()


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


def organise_quelque_chose(compte):
    """True if `compte` organises a consultation: lists shared by all (territories, structures) are theirs too."""
    if not _connu(compte):
        return False
    return compte.is_superuser or Mandat.objects.filter(compte=compte, role=ORGANISATEUR).exists()


def syntheses_de(compte):
    """The syntheses `compte` may write or publish: those of their espaces and of their consultations."""
    if not _connu(compte):
        return Synthese.objects.none()
    if compte.is_superuser:
        return Synthese.objects.all()
    siens = Mandat.objects.filter(compte=compte)
    partout = siens.filter(Q(espace__isnull=True) | Q(role=ORGANISATEUR))
    return Synthese.objects.filter(
        Q(consultation_id__in=partout.values("consultation_id")) | Q(espace_id__in=siens.values("espace_id"))
    )
