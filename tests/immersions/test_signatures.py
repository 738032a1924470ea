"""Three acts make a convention: one's own code, a code of the day, a paper; an amendment starts them again."""

import pytest
from django.utils import timezone

from consultation.erreurs import Refus
from consultation.models import Journal
from immersions import actions, lectures
from immersions.models import Avenant, CodeDuJour, Immersion, Signature
from tests import fabriques

from . import fabriques_immersions as f
from .fabriques_immersions import jour

pytestmark = pytest.mark.django_db


@pytest.fixture
def immersion():
    return f.creer_prete()


def signer(immersion, partie, code, version=1, **champs):
    return actions.signer(immersion=immersion, partie=partie, code=code, version=version, **champs)


def test_each_party_signs_in_its_own_way_and_the_journal_says_how(immersion):
    code = actions.donner_un_code(immersion=immersion, partie="structure", par=None)
    signer(immersion, "personne", immersion.participant.code_personnel)
    signer(immersion, "structure", code)
    actions.signer_sur_papier(immersion=immersion, partie="accueil", scan=f.PDF, version=1, par=None)
    dites = Journal.objects.filter(verbe="signer_convention").values_list("participant_id", "details__moyen")
    assert list(dites[::-1]) == [(immersion.participant_id, "code"), (None, "code"), (None, "papier")]
    lue = Signature.objects.get(partie="accueil")
    assert (bytes(lue.scan), lue.scan_type) == (f.PDF, "application/pdf")
    assert lectures.immersion_de(immersion.dispositif, immersion.pk).etat == "prete"


def test_signing_twice_is_once(immersion):
    code = immersion.participant.code_personnel
    assert signer(immersion, "personne", code) == signer(immersion, "personne", code)


def test_a_code_signs_for_its_own_party_and_its_own_immersion_alone(immersion):
    code = actions.donner_un_code(immersion=immersion, partie="accueil", par=None)
    autre = f.creer_prete(immersion.dispositif)
    essais = [
        (immersion, "structure", code), (immersion, "personne", code), (autre, "accueil", code),
        (immersion, "accueil", immersion.participant.code_personnel),
    ]  # fmt: skip
    for quoi, partie, faux in essais:
        with pytest.raises(Refus, match="pas_votre_code"):
            signer(quoi, partie, faux)
        assert (Journal.objects.first().verbe, Journal.objects.first().objet_id) == ("refuser_immersion", quoi.pk)
    assert Signature.objects.count() == 0


def test_a_code_of_the_day_lasts_a_day_is_kept_as_a_hash_and_the_next_one_ends_it(immersion):
    ancien = actions.donner_un_code(immersion=immersion, partie="accueil", par=None)
    code = actions.donner_un_code(immersion=immersion, partie="accueil", par=None)
    assert (lectures.ouverte_par_code(immersion.dispositif, ancien), code in str(CodeDuJour.objects.values())) == (
        None, False,
    )  # fmt: skip
    assert lectures.ouverte_par_code(immersion.dispositif, code.lower()).immersion == immersion
    assert lectures.ouverte_par_code(f.creer_dispositif(), code) is None
    CodeDuJour.objects.update(fin=timezone.now())
    assert lectures.ouverte_par_code(immersion.dispositif, code) is None
    with pytest.raises(Refus, match="pas_votre_code"):
        signer(immersion, "accueil", code)
    with pytest.raises(Refus, match="a_son_code"):
        actions.donner_un_code(immersion=immersion, partie="personne", par=None)


def test_nothing_half_written_is_signed():
    immersion = f.preparer(f.demander(f.creer_dispositif()))
    with pytest.raises(Refus, match="incomplete") as refus:
        signer(immersion, "personne", immersion.participant.code_personnel)
    assert refus.value.message.endswith(
        "l’entreprise, qui accueille, les dates, les horaires, ce que la personne fera."
    )


def test_nothing_is_signed_for_a_host_that_closed_nor_for_what_was_not_read(immersion):
    code = immersion.participant.code_personnel
    with pytest.raises(Refus, match="a_change"):
        signer(immersion, "personne", code, version=2)
    actions.fermer_entreprise(entreprise=immersion.entreprise, par=None)
    with pytest.raises(Refus, match="entreprise_fermee"):
        signer(immersion, "personne", code)
    assert Signature.objects.count() == 0


SCANS = [(b"", "scan_vide"), (b"MZ..", "scan_inconnu"), (b"%PDF-" * 2_000_000, "scan_lourd")]


@pytest.mark.parametrize(("scan", "code"), SCANS, ids=[code for _scan, code in SCANS])
def test_a_paper_is_a_pdf_or_a_photograph(immersion, scan, code):
    with pytest.raises(Refus, match=code) as refus:
        actions.signer_sur_papier(immersion=immersion, partie="accueil", scan=scan, version=1, par=None)
    assert (refus.value.statut, Signature.objects.count()) == (422, 0)


def test_what_is_signed_changes_by_an_amendment_that_all_sign_again(immersion):
    f.signer(immersion, "personne", "accueil")
    with pytest.raises(Refus, match="avenant") as refus:
        f.placer(immersion, fin=jour(16))
    assert (refus.value.statut, refus.value.champ, Immersion.objects.get().fin) == (409, "motif", jour(14))
    f.placer(immersion, fin=jour(16), motif="Le magasin ferme deux jours")
    avenant = Avenant.objects.get()
    dits = {"fin": f"{jour(14):%d/%m/%Y}"}, {"fin": f"{jour(16):%d/%m/%Y}"}
    assert (avenant.numero, avenant.avant, avenant.apres) == (1, *dits)
    lue = lectures.immersion_de(immersion.dispositif, immersion.pk)
    assert (lue.version, lue.signees, lue.etat) == (2, 0, "signer")
    f.signer(lue)
    assert lectures.immersion_de(immersion.dispositif, immersion.pk).etat == "prete"


def test_other_objectives_are_an_amendment_too_and_a_telephone_of_the_referent_is_not(immersion):
    f.signer(immersion, "personne")
    lue = f.preparer(immersion, entretien_le=jour(0), referent="Une autre")
    assert (lue.version, lue.referent) == (1, "Une autre")
    with pytest.raises(Refus, match="avenant"):
        f.preparer(lue, objectifs=["Tenir une caisse"], referent="Une autre")
    lue = f.preparer(lue, objectifs=["Tenir une caisse"], referent="Une autre", motif="Trop long")
    assert (lue.version, [c.intitule for c in lue.competences.all()]) == (2, ["Tenir une caisse"])


def test_officers_of_elsewhere_may_do_nothing(immersion):
    autre = fabriques.creer_organisateur(fabriques.creer_consultation())
    with pytest.raises(Refus, match="interdit"):
        f.placer(immersion, par=autre, tuteur="Moi")
