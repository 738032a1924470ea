"""The people and things of the tests, made through the product's own acts wherever one exists.

`consultation()` comes with its four colleges and its territory; the rest hangs on it. Each function takes what the
test cares about and invents the rest.
"""

import itertools

import factory
from django.contrib.auth import get_user_model

from consultation import actions
from consultation.erreurs import Refus
from consultation.models import Axe, College, Consultation, Espace, Journal, Mandat, Structure, Territoire

_suite = itertools.count(1)
COLLEGES = [
    ("salaries", "Salariés en parcours", "En parcours", 20),
    ("permanents", "Permanents", "Permanents", None),
    ("administrateurs", "Administrateurs", "Administrateurs", None),
    ("partenaires", "Partenaires", "Partenaires", None),
]
#: Texts in which nothing can be seen: spaces of no width, fillers, marks on nothing.
RIENS = ["\u200b\u200b", "\u2800", "\u3164", "\u200e", "\u00ad", "\U000e0041", "\ufe0f", "\u00a0", "\u0301"]
PRENOMS = ["Amina", "Karim", "Lucette", "Bao", "Ilyes", "Maëlle", "Oumar", "Svetlana", "Théo", "Zohra"]


class CompteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"personne{n}@exemple.test")
    first_name = factory.Iterator(PRENOMS)
    password = factory.django.Password("mot de passe")


class TerritoireFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Territoire

    nom = factory.Sequence(lambda n: f"Région {n}")


class StructureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Structure

    nom = factory.Sequence(lambda n: f"Atelier du Pont {n}")
    type = "aci"
    ville = "Saint-Exemple"
    territoire = factory.SubFactory(TerritoireFactory)


class ConsultationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Consultation
        skip_postgeneration_save = True

    titre = factory.Sequence(lambda n: f"Séminaire qualité {n}")
    slug = factory.Sequence(lambda n: f"seminaire-{n}")
    territoire = factory.SubFactory(TerritoireFactory)
    etat = "ouverte"

    @factory.post_generation
    def colleges(self, create, extracted, **kwargs):
        if create and extracted is None:
            for ordre, (signe, nom, court, part) in enumerate(COLLEGES):
                College.objects.create(
                    consultation=self, signe=signe, nom=nom, nom_court=court, part_cible=part, ordre=ordre
                )


class AxeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Axe

    consultation = factory.SubFactory(ConsultationFactory)
    titre = factory.Sequence(lambda n: f"Axe {n}")
    ordre = factory.Sequence(lambda n: n)


class EspaceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Espace

    consultation = factory.SubFactory(ConsultationFactory)
    titre = factory.Sequence(lambda n: f"Apprendre et transmettre {n}")
    question = "Qu’est-ce qui vous aiderait à mieux apprendre votre métier ?"


creer_compte = CompteFactory.create
creer_territoire = TerritoireFactory.create
creer_structure = StructureFactory.create
creer_consultation = ConsultationFactory.create
creer_axe = AxeFactory.create
creer_espace = EspaceFactory.create


def college(consultation, signe="salaries"):
    return consultation.colleges.get(signe=signe)


def creer_mandat(role, consultation, espace=None, compte=None):
    """An account entrusted with `role`; return the account."""
    compte = compte or creer_compte()
    actions.confier(compte=compte, role=role, consultation=consultation, espace=espace, par=None)
    return compte


def creer_organisateur(consultation, compte=None):
    return creer_mandat(Mandat.Role.ORGANISATEUR, consultation, compte=compte)


def creer_animateur(espace, compte=None):
    return creer_mandat(Mandat.Role.ANIMATEUR, espace.consultation, espace, compte)


def creer_rapporteur(espace, compte=None):
    return creer_mandat(Mandat.Role.RAPPORTEUR, espace.consultation, espace, compte)


def creer_editeur(consultation, compte=None):
    return creer_mandat(Mandat.Role.EDITEUR, consultation, compte=compte)


def creer_participants(consultation, n, signe="salaries", prenom=None, **champs):
    sien = college(consultation, signe)
    return [
        actions.inscrire(
            consultation=consultation,
            college=sien,
            prenom=prenom or PRENOMS[next(_suite) % len(PRENOMS)],
            **champs,
        )
        for _ in range(n)
    ]


def creer_participant(consultation, signe="salaries", prenom=None, **champs):
    return creer_participants(consultation, 1, signe, prenom, **champs)[0]


def creer_proposition(espace, texte=None, participant=None, signe="salaries", **champs):
    texte = texte or f"Apprendre le geste numéro {next(_suite)} avec quelqu’un qui sait"
    participant = participant or creer_participant(espace.consultation, signe)
    return actions.deposer_proposition(espace=espace, participant=participant, texte=texte, **champs)


def creer_piste(espace, texte=None, propositions=None, axe=None):
    """A piste born of one proposition, or of those given."""
    propositions = propositions or [creer_proposition(espace)]
    texte = texte or f"Piste de l’essai {next(_suite)}"
    return actions.regrouper(espace=espace, par=None, propositions=propositions, texte=texte, axe=axe).piste


def creer_pistes(espace, n):
    gens = creer_participants(espace.consultation, n)
    return [creer_piste(espace, propositions=[creer_proposition(espace, participant=qui)]) for qui in gens]


def creer_scrutin(espace, pistes=None, ouvert=True, **reglages):
    """A ballot on `pistes` (two new ones by default), open unless told otherwise."""
    pistes = creer_pistes(espace, 2) if pistes is None else pistes
    reglages.setdefault("titre", "Vote de l’atelier")
    scrutin = actions.preparer_scrutin(espace=espace, pistes=pistes, par=None, **reglages)
    return actions.ouvrir_scrutin(scrutin=scrutin, par=None) if ouvert else scrutin


def faire_voter(scrutin, signe, n, choix):
    """`n` new people of a college put the same ballot in; return them."""
    gens = creer_participants(scrutin.consultation, n, signe)
    choix = {getattr(piste, "pk", piste): valeur for piste, valeur in choix.items()}
    envois = [actions.Envoi.lire(scrutin=scrutin, participant=personne, choix=choix) for personne in gens]
    for rendu in actions.voter_ensemble(envois):
        if isinstance(rendu, Refus):
            raise rendu
    return gens


def registre(consultation):
    """The verbs of the journal of a consultation, in order."""
    return list(
        Journal.objects.filter(consultation=consultation.pk).order_by("pk").values_list("verbe", flat=True)
    )


def faire_repondre(scrutin, signe, reponses):
    """A new person of a college for each row of `reponses`, who gives each piste that value; 0 gives none."""
    gens = creer_participants(scrutin.consultation, len(reponses), signe)
    pistes = list(scrutin.pistes.order_by("numero").values_list("pk", flat=True))
    envois = [
        actions.Envoi.lire(
            scrutin=scrutin, participant=qui, choix={p: v for p, v in zip(pistes, siennes, strict=True) if v}
        )
        for qui, siennes in zip(gens, reponses, strict=True)
    ]
    for rendu in actions.voter_ensemble(envois):
        if isinstance(rendu, Refus):
            raise rendu
    return gens


def faire_deux_camps(espace, camps=(16, 14), memes=0, pistes=8):
    """A closed vote in four degrees: `camps` people who answer the halves of the list the other way round, each
    with one answer of their own, and `memes` who agree with everything. Return the Scrutin."""
    scrutin = creer_scrutin(espace, creer_pistes(espace, pistes), mode="adhesion")
    moitie = pistes // 2
    for signe, n, (une, autre) in (("salaries", camps[0], (4, 1)), ("permanents", camps[1], (1, 4))):
        lignes = [[une] * moitie + [autre] * (pistes - moitie) for _qui in range(n)]
        for rang, ligne in enumerate(lignes):
            ligne[rang % pistes] = 5 - ligne[rang % pistes]
        faire_repondre(scrutin, signe, lignes)
    faire_repondre(scrutin, "administrateurs", [[3] * pistes] * memes)
    return actions.clore_scrutin(scrutin=scrutin, par=None)
