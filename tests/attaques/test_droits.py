"""Who may read and who may do what, at every address of the product.

`DECISIONS` is the table of the house: {address: (who may GET it, who may POST to it)}; None where the method does
not exist. An address added without a decision here fails the first test.
"""

import pytest

from consultation.models import Journal

from . import monde as m

pytestmark = pytest.mark.django_db

TOUS = frozenset(m.ACTEURS)
ORGANISATEUR = frozenset({"organisateur", "administrateur"})
ORGANISATEURS = ORGANISATEUR | {"organisateur_ailleurs"}
ANIMATION = ORGANISATEUR | {"animateur", "animateur_entier"}
MODERATION = ORGANISATEUR | {"animateur_entier"}
SALLE = ANIMATION | {"rapporteur", "rapporteur_entier"}
EDITION = ORGANISATEUR | {"editeur"}
PUBLICATION = SALLE | {"editeur"}
EQUIPE = PUBLICATION | {"animateur_voisin"}
BUREAU = EQUIPE | {"organisateur_ailleurs", "editeur_ailleurs", "rapporteur_ailleurs"}
ENTIERS = EDITION | {"rapporteur_entier", "animateur_entier"}
LETTRE = ORGANISATEURS | {"editeur", "editeur_ailleurs"}
COMPTES = TOUS - {"anonyme", "participant"}
PARTICIPANT = frozenset({"participant"})

LIRE, AGIR, FORMULAIRE = (ORGANISATEUR, None), (None, ORGANISATEUR), (ORGANISATEUR, ORGANISATEUR)
PUBLIC, A_MOI = (TOUS, None), (PARTICIPANT, None)

DECISIONS = {
    **{
        f"gestion_ateliers:{rubrique}{acte}": decision
        for rubrique in ("temps", "salles", "ateliers")
        for acte, decision in {
            "": LIRE, "_resultats": LIRE, "_ajouter": FORMULAIRE,
            "_modifier": FORMULAIRE, "_supprimer": FORMULAIRE, "_deplacer": AGIR,
        }.items()
        # Rooms are in the order of their names, half-days in that of their hours.
        if rubrique == "ateliers" or acte != "_deplacer"
    },
    **{
        f"gestion:{rubrique}{acte}": decision
        for rubrique in ("colleges", "axes", "demarche")
        for acte, decision in {
            "": LIRE, "_resultats": LIRE, "_ajouter": FORMULAIRE,
            "_modifier": FORMULAIRE, "_supprimer": FORMULAIRE, "_deplacer": AGIR,
        }.items()
    },
    "gestion:axes_plusieurs": FORMULAIRE,
    "gestion:demarche_plusieurs": FORMULAIRE,
    "gestion_ateliers:salles_plusieurs": FORMULAIRE,
    "gestion_ateliers:ateliers_plusieurs": FORMULAIRE,
    "gestion_ateliers:garder_deroule": AGIR,
    "gestion_ateliers:oublier_deroule": AGIR,
    "gestion_ateliers:etape_rouvrir": AGIR,
    "gestion_ateliers:ateliers_rouvrir": AGIR,
    "chercher": (BUREAU, None),
    "gestion_ateliers:temps_habituels": AGIR,
    "gestion_ateliers:nouveau_code": FORMULAIRE,
    "gestion_ateliers:programme": FORMULAIRE,
    "gestion_ateliers:dupliquer": FORMULAIRE,
    "gestion_ateliers:ateliers_copier": AGIR,
    "gestion_ateliers:temps_copier": AGIR,
    "gestion_ateliers:deroule": LIRE,
    "gestion_ateliers:poser_deroule": AGIR,
    "gestion_ateliers:etape_ajouter": FORMULAIRE,
    "gestion_ateliers:etape": FORMULAIRE,
    "gestion_ateliers:etape_deplacer": AGIR,
    "gestion_ateliers:etape_retirer": AGIR,
    "gestion_ateliers:scrutin": FORMULAIRE,
    "gestion_ateliers:inscriptions": LIRE,
    "gestion_ateliers:inscriptions_resultats": LIRE,
    "gestion_ateliers:inscription_ajouter": FORMULAIRE,
    "gestion_ateliers:inscriptions_exporter": AGIR,
    "gestion_ateliers:importer": FORMULAIRE,
    "gestion_ateliers:exemple": LIRE,
    "gestion_ateliers:apercu": FORMULAIRE,
    "gestion_ateliers:colonnes": FORMULAIRE,
    "gestion_ateliers:mots": FORMULAIRE,
    "gestion_ateliers:donner_les_places": AGIR,
    "gestion_ateliers:inscription": FORMULAIRE,
    "gestion_ateliers:remettre_code": AGIR,
    "gestion_ateliers:effacer": FORMULAIRE,
    "gestion_ateliers:grilles": LIRE,
    "gestion_ateliers:grilles_resultats": LIRE,
    "gestion_ateliers:grille_ajouter": FORMULAIRE,
    "gestion_ateliers:grille": FORMULAIRE,
    "gestion_ateliers:grille_question": FORMULAIRE,
    "gestion_ateliers:grille_presentation": FORMULAIRE,
    "gestion_ateliers:grille_apercu": LIRE,
    "gestion_ateliers:grille_question_ajouter": AGIR,
    "gestion_ateliers:grille_question_deplacer": AGIR,
    "gestion_ateliers:grille_question_retirer": AGIR,
    "gestion_ateliers:grille_en_ligne": LIRE,
    "gestion_ateliers:grille_mettre_en_ligne": AGIR,
    "gestion_ateliers:grille_clore": AGIR,
    "gestion_ateliers:grille_rouvrir": AGIR,
    "gestion_ateliers:grille_compter": AGIR,
    "gestion_ateliers:grille_importer": FORMULAIRE,
    "gestion_ateliers:grille_xlsform": LIRE,
    "gestion_ateliers:grille_saisir": (EQUIPE, EQUIPE),
    "gestion_ateliers:grille_feuille_retirer": (None, EQUIPE),
    "gestion_ateliers:grille_lire": FORMULAIRE,
    "gestion_ateliers:grille_textes": FORMULAIRE,
    "gestion_ateliers:suivis": (EDITION, None),
    "gestion_ateliers:suivis_ouvrir": FORMULAIRE,
    "gestion_ateliers:suivi": (EDITION, None),  # and those of the region: see the tests of suivis
    "gestion_ateliers:suivi_emporter": (None, frozenset({"administrateur"})),
    "gestion_ateliers:suivi_reporter": (EDITION, EDITION),
    "gestion_ateliers:suivi_relire": (EDITION, EDITION),
    "gestion_ateliers:codes": LIRE,
    "gestion_ateliers:codes_imprimes": AGIR,
    "gestion_ateliers:publique": FORMULAIRE,
    "gestion_ateliers:accueillir": AGIR,
    "gestion_ateliers:convoquer": AGIR,
    "gestion:preparation": (EQUIPE, None),
    "gestion:changer_etat": AGIR,
    "gestion:colleges_habituels": AGIR,
    "gestion:equipe": LIRE,
    "gestion:equipe_resultats": LIRE,
    "gestion:reprendre_mandat": AGIR,
    "gestion:propositions": (EQUIPE, None),
    "gestion:propositions_resultats": (EQUIPE, None),
    "gestion:pistes": (EQUIPE, None),
    "gestion:pistes_resultats": (EQUIPE, None),
    "gestion:journal": LIRE,
    "gestion:journal_resultats": LIRE,
    "gestion:exports": FORMULAIRE,
    "gestion:classeur_lancer": AGIR,
    "gestion:classeur_fichier": LIRE,
    "gestion:suites": (EDITION, None),
    "gestion:suites_resultats": (EDITION, None),
    "gestion:suite_decider": (EDITION, EDITION),
    "gestion:suite_corriger": (EDITION, EDITION),
    "gestion:suite_retirer": (EDITION, EDITION),
    "gestion_comptes:inviter": FORMULAIRE,
    "gestion_comptes:renvoyer": AGIR,
    "consultations:index": (BUREAU, None),
    "consultations:index_results": (BUREAU, None),
    "consultations:add": (ORGANISATEURS, ORGANISATEURS),
    "consultations:edit": FORMULAIRE,
    "consultations:delete": FORMULAIRE,
    **{
        f"{partage}:{acte}": decision
        for partage in ("territoires", "structures")
        for acte, decision in {
            "index": (ORGANISATEURS, None), "index_results": (ORGANISATEURS, None),
            "add": (ORGANISATEURS, ORGANISATEURS), "edit": (ORGANISATEURS, ORGANISATEURS),
            "delete": (ORGANISATEURS, ORGANISATEURS),
        }.items()
    },
    "gestion_forums:forum": FORMULAIRE,
    **{
        f"gestion_forums:phases{acte}": decision
        for acte, decision in {
            "": LIRE, "_resultats": LIRE, "_ajouter": FORMULAIRE,
            "_modifier": FORMULAIRE, "_supprimer": FORMULAIRE,
        }.items()
    },
    "gestion_forums:communes": FORMULAIRE,
    "gestion_forums:cartes": FORMULAIRE,
    "gestion_forums:cartes_imprimer": AGIR,
    "gestion_forums:vote_ouvrir": AGIR,
    "gestion_forums:vote_fermer": AGIR,
    "courrier:abonner": (TOUS, TOUS),
    "courrier:choix": (TOUS, TOUS),  # the key in the address is the right
    "courrier:arreter": (TOUS, TOUS),
    "courrier:envoyer-page": (TOUS, TOUS),  # a published page, to one address: counted
    "visites:liste": PUBLIC,
    "visites:visite": PUBLIC,
    "visites:rendez-vous": PUBLIC,
    "visites:demander": (None, PARTICIPANT),
    "visites:rendre": (None, PARTICIPANT),
    "visites:accord": (None, PARTICIPANT),
    "visites:entreprise": (TOUS, TOUS),  # the key in the address is the right
    **{
        f"gestion_visites:visites{acte}": decision
        for acte, decision in {
            "": LIRE, "_resultats": LIRE, "_ajouter": FORMULAIRE, "_modifier": FORMULAIRE,
            "_supprimer": FORMULAIRE, "_repartir": FORMULAIRE, "_annuler": FORMULAIRE,
            "_compte_rendu": FORMULAIRE, "_gens": LIRE, "_feuille": LIRE,
            **dict.fromkeys(("_ouvrir", "_inscrire", "_rendre", "_grille", "_accord"), AGIR),
            **dict.fromkeys(("_publier", "_retirer", "_constats"), AGIR),
        }.items()
    },
    "gestion_courrier:accueil": (LETTRE, None),
    "gestion_courrier:abonnes": (LETTRE, None),
    "gestion_courrier:inscrire": (LETTRE, LETTRE),
    "gestion_courrier:envoi": (LETTRE, None),
    "gestion_courrier:apercu": (LETTRE, None),
    "gestion_courrier:preuve": (LETTRE, None),
    "gestion_courrier:agir": (None, LETTRE),
    "immersions:moi": (TOUS, TOUS),
    "immersions:tablette": (TOUS, TOUS),
    "immersions:jour": (TOUS, TOUS),  # the code in the address is the right
    "immersions:jour_convention": PUBLIC,
    "immersions:demander": (PARTICIPANT, PARTICIPANT),
    "immersions:signer": (PARTICIPANT, TOUS),  # the code in the form is the right
    "immersions:arreter": (PARTICIPANT, PARTICIPANT),
    "immersions:effacer": (PARTICIPANT, PARTICIPANT),
    "immersions:document": A_MOI,
    "immersions:bord": PUBLIC,
    "immersions:bord_pdf": PUBLIC,
    "immersions:bord_xlsx": PUBLIC,
    "immersions:ordre": PUBLIC,
    "immersions:ordre_pdf": PUBLIC,
    **{
        f"gestion_immersions:{nom}": LIRE
        for nom in ("accueil", "conventions", "attentes", "entreprises", "dossier", "papier_lire", "document")
    },
    **{
        f"gestion_immersions:{nom}": FORMULAIRE
        for nom in (
            "reglages", "demander", "entreprise_ajouter", "entreprise", "entretien", "lieu", "demarcher",
            "obstacle", "papier", "integrer", "pointer", "bilan", "conclure", "reunion", "besoin_noter",
        )
    },
    **{
        f"gestion_immersions:{nom}": AGIR
        for nom in (
            "trimestre", "entreprise_fermer", "repondre", "lever", "code", "relancer", "besoin_retirer",
        )
    },
    "recherche:recherche": PUBLIC,
    "forums:liste": PUBLIC,
    "forums:accueil": PUBLIC,
    "forums:propositions": PUBLIC,
    "forums:proposition": PUBLIC,
    "forums:resultats": PUBLIC,
    "forums:regles": PUBLIC,
    "forums:affiche": PUBLIC,
    "forums:entrer": (TOUS, TOUS),
    "forums:par-courriel": (TOUS, TOUS),
    "forums:lien": (TOUS, TOUS),  # the token in the address is the right
    "forums:identite": (frozenset(), None),  # this world has no provider
    "forums:identite-retour": (frozenset(), None),
    "forums:carte": PUBLIC,  # the code in the address is the right
    "forums:bienvenue": (None, TOUS),
    "forums:proposer": (PARTICIPANT, PARTICIPANT),
    "forums:contribuer": (PARTICIPANT, PARTICIPANT),
    "forums:mes-textes": A_MOI,
    "forums:recours": (PARTICIPANT, PARTICIPANT),
    "forums:voter": (PARTICIPANT, PARTICIPANT),
    "forums:suivre": (TOUS, TOUS),
    "forums:suivi": (TOUS, TOUS),  # the key in the address is the right
    "forums:arreter": (None, TOUS),
    "forums:signaler": (TOUS, TOUS),
    "forums:repondre": FORMULAIRE,
    "forums:annuler": (None, MODERATION),
    "forums:guichet": (ENTIERS - {"editeur"}, ENTIERS - {"editeur"}),
    "forums:moderer": (MODERATION, None),
    "forums:decider": (None, MODERATION),
    "contenus_reprendre": (ENTIERS, ENTIERS),  # of a synthesis of the whole seminar: its rapporteurs, not a room's
    "contenus_page_du_seminaire": AGIR,
    "contenus_carnet": (EDITION, EDITION),
    "contenus_apercu_carnet": (None, EDITION),
    "contenus_proposer_carnet": (None, EDITION),
    "contenus_tirages": FORMULAIRE,
    "contenus_tirage_fichier": LIRE,
    "contenus_tirage_arreter": AGIR,
    "contenus_tirage_reprendre": AGIR,
    "contenus_retirer_carnet": (None, EDITION),
    "contenus_composer": (LETTRE, LETTRE),
    "contenus_importer_fiches": (LETTRE, LETTRE),
    "contenus_apercu_fiches": (LETTRE, LETTRE),
    "reprendre_consultation": (ORGANISATEURS, ORGANISATEURS),
    "reprendre_apercu": (ORGANISATEURS, ORGANISATEURS),
    "contenus_exemple_fiches": (LETTRE, None),
    "aide": (BUREAU, None),
    "guide": (BUREAU, None),
    "manifeste": (TOUS, TOUS),
    "sante": PUBLIC,
    "robots": PUBLIC,
    "favicon": PUBLIC,
    "reprendre_saisie": (COMPTES, None),  # what this browser kept; another finds nothing and is led to its work
    **dict.fromkeys(("connexion_gestion", "oubli_gestion", "connexion_pages"), (TOUS, TOUS)),  # to the one way in
    "etat_direct": PUBLIC,
    "rejoindre": (TOUS, TOUS),
    "s-inscrire": (TOUS, TOUS),
    "donnees-gardees": PUBLIC,
    "bienvenue": PUBLIC,
    "appareil": (TOUS, TOUS),  # the code in the address is the right
    "salle": A_MOI,
    "entrer": (None, TOUS),
    "mon-code": A_MOI,
    "sortir": (None, TOUS),
    "hors-ligne": PUBLIC,
    "veilleur": PUBLIC,
    "proposer": (None, PARTICIPANT),
    "preciser": (None, PARTICIPANT),
    "voter": (None, PARTICIPANT),
    "repondre": (None, PARTICIPANT),
    "objecter": (None, PARTICIPANT),
    "emargement": (frozenset(), None),  # no vote of this world is secret: there is no sheet to read
    "grille": PUBLIC,  # the code in the address is the right
    "grille-commencer": (None, TOUS),
    "grille-question": (PARTICIPANT, PARTICIPANT),
    "grille-relire": A_MOI,
    "grille-garder": (None, PARTICIPANT),
    "grille-ecrans": A_MOI,
    "grille-envoyer": (None, PARTICIPANT),
    "grille-merci": A_MOI,
    "grille-effacer": (PARTICIPANT, PARTICIPANT),
    "mes_ateliers": (COMPTES, None),
    "console": (SALLE, None),
    "agir_etape": (None, ANIMATION),
    "montrer_resultats": (None, ANIMATION),
    "dessiner_opinions": (None, ANIMATION),
    "repondre_objection": (None, ANIMATION),
    "ajouter_second_tour": (None, ANIMATION),
    "tenir_le_mur": (None, ANIMATION),
    "placer_au_mur": (None, ANIMATION),
    "tenir_la_porte": (None, ANIMATION),
    "faire_sortir": (None, ANIMATION),
    "tirer_la_parole": (None, ANIMATION),
    "noter_parole": (None, ANIMATION),
    "poser_question": (None, ANIMATION),
    "oublier_parole": (None, ANIMATION),
    "saisir_carte": (None, SALLE),
    "bulletins": (SALLE, SALLE),
    "preparer_bulletins": (None, SALLE),
    "retirer_bulletin": (None, SALLE),
    "relire_proposition": (None, ANIMATION),
    "masquer_proposition": (None, ANIMATION),
    "demander_precision": (ANIMATION, ANIMATION),
    "retirer_precision": (None, ANIMATION),
    "appliquer_suggestion": (None, SALLE),
    "laisser_suggestion": (None, SALLE),
    "reprendre_suggestion": (None, SALLE),
    "modifier_deroule": (ANIMATION, None),
    "ajouter_etape": (None, ANIMATION),
    "changer_etape": (None, ANIMATION),
    "regroupement": (SALLE, None),
    "regrouper": (None, SALLE),
    "semer_orphelines": (None, SALLE),
    "defaire_regroupement": (None, SALLE),
    "changer_piste": (None, SALLE),
    "agir_grille": (None, ANIMATION),
    "liste_pleniere": (ANIMATION, None),
    "prendre_pistes": (None, ANIMATION),
    "regrouper_liste": (None, ANIMATION),
    "changer_liste": (None, ANIMATION),
    "projection": PUBLIC,
    "rapporter": (COMPTES, None),
    "nouvelle_synthese": (SALLE, SALLE),
    "rapporter_pistes": (SALLE, None),
    "agir_piste": (None, SALLE),
    "synthese": (PUBLICATION, None),
    "versions_synthese": (PUBLICATION, None),
    "derniere_version": (PUBLICATION, None),
    "agir_synthese": (None, SALLE),
    "contenus:moi": PUBLIC,
    "contenus:devenir": PUBLIC,  # a stranger is asked for their code, another participant gets a 404
    "contenus:desaccord": (None, PARTICIPANT),
    "contenus:emporter": (None, PARTICIPANT),
    "contenus:effacer": (PARTICIPANT, PARTICIPANT),
    "contenus:accord": (frozenset(), frozenset()),  # whose answer it is comes in the question, not in the address
    "contenus:prevenir": (None, PARTICIPANT),
    "contenus:prevenu": (TOUS, TOUS),  # the key in the address is the right
    "contenus:ne-plus-prevenir": (None, TOUS),
    "contenus:quitter": (None, TOUS),
    "contenus:mon-carnet": A_MOI,
    "contenus:mon-carnet-pdf": A_MOI,
    "contenus:mon-carnet-livret": A_MOI,
    "contenus:reponses": PUBLIC,
    "contenus:tableau": PUBLIC,
    "contenus:piste": PUBLIC,
    "contenus:archive": PUBLIC,
    **dict.fromkeys(
        ("api:page", "api:page-v1", "api:description", "api:consultations", "api:consultation", "api:pistes",
         "api:piste", "api:votes", "api:syntheses", "api:synthese", "api:fils", "api:fiches"),
        PUBLIC,
    ),
    "api:fil": (frozenset(), None),  # number 1 does not exist in this world
    "contenus:carnet": PUBLIC,
    "contenus:carnet-pdf": PUBLIC,
    "contenus:carnet-livret": PUBLIC,
    "contenus:synthese-pdf": PUBLIC,
    "contenus:liste-de-lecture": (TOUS, None),  # posting a fiche that is not there: not found
    "contenus:fiche-pdf": (frozenset(), None),  # no fiche exists in this world
    "contenus:fiches-pdf": (frozenset(), None),
    "contenus:fil-pdf": (frozenset(), None),  # number 1 does not exist in this world
    "contenus:badges-pdf": LIRE,
    "contenus:convocations-pdf": LIRE,
    "contenus:mur-pdf": (SALLE, None),
    "contenus:conducteur-pdf": (SALLE, None),
    "contenus:cartes-a-ecrire-pdf": (SALLE, None),
    "contenus:bulletins-pdf": (SALLE, None),
    "contenus:emargement-pdf": LIRE,
    "contenus:attestations-pdf": LIRE,
    "contenus:chevalets-pdf": LIRE,
    "contenus:affiches-pdf": LIRE,
    "contenus:grille-pdf": LIRE,
    "contenus:synthese_vers_page": (None, PUBLICATION),
    "contenus:flux": (TOUS, TOUS),
}  # fmt: skip
#: A page that is nobody's sends a stranger there; for these, that is a refusal.
RENVOIS = ("/compte/", "/r/", "/moi/", "/g/", "/forum/", "/immersions/")
#: What must be in the form for the right to be what is decided on.
SAISIES = {
    "agir_synthese": {"titre": "Autre titre"},
    "agir_piste": {"revision": "1"},
    "contenus:desaccord": {"raison": "Ce n’est pas mon idée."},
}


#: With nothing sent beforehand, they lead back to where one starts: the steps of the import, a form left unsent.
SANS_RIEN = {
    "reprendre_saisie", "gestion_ateliers:apercu", "gestion_ateliers:colonnes", "gestion_ateliers:mots",
    "contenus_apercu_fiches", "reprendre_apercu", "contenus_tirage_fichier",
    "gestion:classeur_fichier",
}  # fmt: skip
NOMS = [nom for nom in m.adresses() if nom in DECISIONS]
#: Those decided at the addresses where a mandate opens something: an administrator, who has none, is among them.
BUREAUX = {permis for permis in set().union(*DECISIONS.values()) - {None, TOUS} if "administrateur" in permis}


def demander(monde, acteur, methode, nom, seminaire=None, **autres):
    seminaire = seminaire or monde.ici
    adresse = m.adresse(nom, seminaire, **autres)
    donnees = dict(SAISIES.get(nom, {}))
    if nom == "nouvelle_synthese":
        donnees["espace"] = seminaire.atelier.espace_id
    return getattr(monde.client(acteur), methode)(adresse, donnees)


def test_every_address_has_a_decision():
    assert set(m.adresses()) == set(DECISIONS)


@pytest.fixture(scope="module")
def cumuls(_monde, django_db_blocker):
    """{who is decided: the account that holds at once every mandate of those who are not}"""
    with django_db_blocker.unblock():
        return {permis: _monde.cumuler(set(_monde.comptes) - permis) for permis in BUREAUX}


def _refuses(nom, rang, cumuls):
    """Who is refused, each alone; an address that each was refused already, someone who holds all their mandates.

    (That one also meets the rules that would mix two mandates. Each act, too, is refused to each: `test_matrice`.)
    """
    permis = DECISIONS[nom][rang]
    if rang == 0 or permis != DECISIONS[nom][0] or permis not in BUREAUX:
        return [acteur for acteur in m.ACTEURS if acteur not in permis]
    return ["anonyme", "inconnu", "participant", cumuls[permis]]


@pytest.mark.parametrize("nom", NOMS)
def test_a_door_opens_to_those_decided_and_to_nobody_else(monde, cumuls, nom):
    avant = Journal.objects.count()
    for rang, methode in enumerate(("get", "post")):
        permis = DECISIONS[nom][rang]
        if permis is None:
            assert demander(monde, "organisateur", methode, nom).status_code in (404, 405), methode
        elif permis == TOUS:
            for acteur in ("anonyme", "organisateur"):
                statut = demander(monde, acteur, methode, nom).status_code
                assert statut not in (403, 405), (methode, acteur)
        else:
            for acteur in _refuses(nom, rang, cumuls):
                reponse = demander(monde, acteur, methode, nom)
                assert _refuse(reponse), (methode, acteur, reponse.status_code)
                assert Journal.objects.count() == avant, (methode, acteur)
                assert m.SECRET not in reponse.content.decode(), (methode, acteur)


MAL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


@pytest.fixture
def monde_balise(monde):
    """Names, titles, words, reasons and notes of this world are all markup."""
    ici = monde.ici
    for objet, champs in [
        (ici.consultation, ["titre", "lieu", "chapeau"]), (ici.atelier.espace, ["titre", "question"]),
        (ici.structure, ["nom", "ville"]), (ici.proposition, ["texte", "origine_note", "motif", "signalement"]),
        (ici.pistes[0], ["texte"]), (ici.synthese, ["titre", "chapeau"]), (ici.etapes[0], ["titre", "consigne"]),
        (ici.atelier.salle, ["nom", "acces"]), (ici.atelier.temps, ["titre", "resume"]),
        (ici.consultation.colleges.first(), ["nom", "nom_court", "description"]), (ici.participant, ["nom"]),
    ]:  # fmt: skip
        type(objet).objects.filter(pk=objet.pk).update(**dict.fromkeys(champs, MAL))
    type(ici.participant).objects.filter(pk=ici.participant.pk).update(prenom=MAL[:40])
    return monde


@pytest.mark.parametrize("nom", [nom for nom in NOMS if DECISIONS[nom][0]])
def test_those_decided_get_in_to_a_page_with_its_policies_where_no_word_of_anyone_is_run(monde_balise, nom):
    permis = DECISIONS[nom][0]
    for acteur in ("organisateur",) if permis == TOUS else permis:
        reponse = demander(monde_balise, acteur, "get", nom)
        if permis != TOUS:
            assert reponse.status_code == (302 if nom in SANS_RIEN else 200), acteur
            assert {"no-store", "private"} & set(reponse.get("Cache-Control", "").split(", ")), acteur
        if not nom.endswith(("pdf", "livret")):
            _porte_ses_politiques(reponse)
        if "html" in reponse.get("Content-Type", ""):
            assert "<script>alert(1)" not in reponse.content.decode(), acteur
            assert "<img src=x" not in reponse.content.decode(), acteur


def _porte_ses_politiques(reponse):
    politique = reponse["Content-Security-Policy"]
    if reponse.request["PATH_INFO"].startswith("/gestion/"):
        politique = politique.replace("style-src 'self' 'unsafe-inline'", "").replace("'unsafe-hashes'", "")
    assert {
        "types": reponse["X-Content-Type-Options"] == "nosniff",
        "cadre": reponse["X-Frame-Options"] in ("SAMEORIGIN", "DENY"),
        "renvois": reponse["Referrer-Policy"] in ("same-origin", "no-referrer"),
        "rien par défaut": "default-src 'none'" in politique,
        "rien de permis": "unsafe" not in politique,
    } == dict.fromkeys(("types", "cadre", "renvois", "rien par défaut", "rien de permis"), True)


def _refuse(reponse):
    if reponse.status_code == 302:
        return reponse["Location"].startswith(RENVOIS)
    return reponse.status_code in (403, 404)


CONTENANTS = ("consultation", "atelier_id", "synthese_id", "espace_id")


EMBOITEES = [
    nom
    for nom, parametres in m.adresses().items()
    if parametres & set(CONTENANTS) and parametres - {*CONTENANTS, "acte", "decision", "code", "slug"}
]


@pytest.mark.parametrize("nom", EMBOITEES)
def test_a_number_of_another_seminar_under_ones_own_address_is_not_found(monde, nom):
    d_ailleurs = monde.ailleurs.numeros(nom.rsplit(":", 1)[-1])
    autres = {p: v for p, v in d_ailleurs.items() if p not in CONTENANTS}
    avant = Journal.objects.count()
    for methode in ("get", "post"):
        reponse = demander(monde, "organisateur", methode, nom, **autres)
        assert reponse.status_code in (404, 405), methode
        assert "ailleurs" not in reponse.content.decode()
    assert Journal.objects.count() == avant
