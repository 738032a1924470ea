"""Another platform's consultation taken up: what is read of its files, what is written, counted and said of it."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation import actions, lectures
from consultation.erreurs import Refus
from consultation.lectures.coherence import incoherences
from consultation.models import Consultation, Decompte, Forum, Journal, Mandat, Participant, Proposition
from consultation.reprises import Dite, Faute, Lecture, lire_decidim, lire_polis
from consultation.travaux import dessiner_les_reprises
from tests import fabriques as f

pytestmark = pytest.mark.django_db
COMMENTAIRES = (
    "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    "1,x,0,7,2,1,1,Un minibus le matin\n"
    '2,x,1,8,1,1,1,"Des repas, ensemble"\n'
    "3,x,2,8,0,0,-1,Hors sujet\n"
)
VOTES = "participant,group-id,n-comments,n-votes,0,1,2\n7,0,1,2,1,-1,1\n8,0,1,2,1,0,\n9,1,0,1,-1,1,\n"
DECIDIM = (
    "id;author/id;author/name;title/en;title/fr;body/fr;state;endorsements/total_count\n"
    '12;4;Zénobie Martin;A bus;Un minibus;"<p>Le matin &amp; le soir.<br>Tous les jours.</p>";accepted;45\n'
    "13;4;Zénobie Martin;;Des repas;<p>Ensemble.</p>;;3\n"
    "14;5;Yann Petit;;Rien;<p>Retiré.</p>;withdrawn;0\n"
)


def polis(commentaires=COMMENTAIRES, votes=VOTES):
    return lire_polis(commentaires.encode(), votes and votes.encode())


def reprendre(lecture, par=None, titre="La conversation", **autres):
    consultation = Consultation(titre=titre, slug=titre.lower().replace(" ", "-"), territoire=f.creer_territoire())
    return actions.reprendre_consultation(
        lecture=lecture, consultation=consultation, source="Bowling Green, 2018", par=par, **autres
    )


def comptes(consultation):
    """{number of the piste: (for, against)}, as the house keeps them."""
    lus = {}
    for d in Decompte.objects.filter(piste__consultation=consultation, votants__gt=0).select_related("piste"):
        pour, contre = lus.get(d.piste.numero, (0, 0))
        lus[d.piste.numero] = (pour + d.votants, contre) if d.valeur >= 3 else (pour, contre + d.votants)
    return lus


def test_polis_gives_its_comments_and_who_chose_what():
    lecture = polis()
    assert lecture.dites == [
        Dite("0", "Un minibus le matin", "Un minibus le matin", "7"),
        Dite("1", "Des repas, ensemble", "Des repas, ensemble", "8"),
    ]
    assert lecture.votes == {"7": {"0": 1, "1": -1}, "8": {"0": 1, "1": 0}, "9": {"0": -1, "1": 1}}
    assert lecture.fautes == []
    assert "1 idée avait été écartée là-bas\u202f: elle reste de côté." in lecture.constats
    assert any(dit.startswith("1 colonne de votes porte sur une idée non reprise") for dit in lecture.constats)
    assert Lecture.reprendre(lecture.en_attente()) == lecture


def test_decidim_gives_its_words_in_french_and_its_totals_and_no_name():
    lecture = lire_decidim(DECIDIM.encode())
    assert lecture.dites == [
        Dite("12", "Un minibus", "Un minibus\nLe matin & le soir.\nTous les jours.", "4", "45 soutiens là-bas"),
        Dite("13", "Des repas", "Des repas\nEnsemble.", "4", "3 soutiens là-bas"),
    ]
    assert (lecture.votes, lecture.fautes) == ({}, [])
    assert "1 proposition avait été retirée là-bas\u202f: elle reste de côté." in lecture.constats
    assert "Zénobie" not in str(lecture.en_attente())


def test_figures_that_a_program_saved_again_with_a_point_are_the_same():
    votes = (
        VOTES.replace(",-1", ",-1.0").replace(",1", ",1.0").replace(",0", ",0.0").replace("0.0,1.0,2\n", "0,1,2\n")
    )
    refaite = polis(COMMENTAIRES.replace(",-1,Hors", ",-1.0,Hors"), votes)
    assert (refaite.dites, refaite.votes, refaite.fautes) == (polis().dites, polis().votes, [])


def test_each_wrong_row_is_named_and_left_aside():
    commentaires = COMMENTAIRES + "4,x,0,9,,,1,Encore\n5,x,4,9,,,1,\n6,x,5,9,,,1,Appelez le 06 12 34 56 78\n"
    votes = VOTES + "7,0,0,0,,,\n,0,0,0,1,,\n10,0,0,1,oui,,\n"
    assert polis(commentaires, votes).fautes == [
        Faute("idees", 5, "le numéro 0 est déjà pris par une autre ligne."),
        Faute("idees", 6, "elle est vide."),
        Faute("idees", 7, "elle contient une adresse ou un téléphone. Enlevez-le, puis envoyez à nouveau."),
        Faute("votes", 5, "cette personne est déjà plus haut."),
        Faute("votes", 6, "elle n’a pas de numéro de personne."),
        Faute("votes", 7, "colonne 0\u202f: «\u202foui\u202f» n’est pas un vote. Il faut 1, -1, 0 ou rien."),
    ]


@pytest.mark.parametrize(
    ("lire", "code", "mot"),
    [
        (lambda: polis("comment-id,agrees\n1,2\n"), "colonnes", "«\u00a0comment-body\u00a0»"),
        (lambda: polis(votes="qui,0\n1,1\n"), "colonnes", "«\u00a0participant\u00a0»"),
        (lambda: lire_decidim(b"id;body/fr\n1;Mots\n"), "colonnes", "«\u00a0title/fr\u00a0»"),
        (lambda: polis("comment-id,comment-body\n"), "rien", "Aucune ligne"),
        (lambda: lire_polis(b""), "colonnes", "comment-id"),
        (lambda: lire_decidim(b"id;title\n" + b"".join(b"%d;Mot\n" % n for n in range(2001))), "trop", "2000"),
        (lambda: lire_polis(b"x" * (5 * 1024 * 1024 + 1)), "fichier_lourd", "5 Mo"),
        (lambda: lire_polis(b"comment-id,comment-body\n" + b"1,\n" * 50_001), "fichier_long", "50000 lignes"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(lire, code, mot):
    with pytest.raises(Refus) as refus:
        lire()
    assert (refus.value.code, refus.value.statut) == (code, 422)
    assert mot in refus.value.message


def test_a_row_cut_short_is_left_aside_wherever_its_number_is_written():
    lecture = polis(COMMENTAIRES + "la suite d’un texte\n", "0,1,participant\n1,1,7\n-1\n")
    assert lecture.fautes == [
        Faute("idees", 5, "elle n’a pas de numéro."),
        Faute("votes", 3, "elle n’a pas de numéro de personne."),
    ]
    assert lire_decidim(b"title/fr,id\nUn banc,1\nUn mot\n").fautes == [
        Faute("idees", 3, "elle n’a pas de numéro.")
    ]


@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_accents_are_read_whatever_the_spreadsheet_and_no_nul_gets_in(encodage):
    octets = "comment-id\tcomment-body\nn\0 1\tL’été, à vélo\n".encode(encodage)
    assert lire_polis(octets).dites == [Dite("n 1", "L’été, à vélo", "L’été, à vélo")]


def test_a_long_text_is_cut_and_said():
    lecture = lire_decidim(f"id;title;body\n1;Un titre;{'mot ' * 900}\n".encode())
    assert len(lecture.dites[0].texte) <= 2000
    assert lecture.dites[0].texte.endswith(" […]")
    assert "1 texte dépasse 2\u00a0000 signes\u202f: sa fin est remplacée par […]." in lecture.constats


def test_it_becomes_a_forum_in_preparation_with_one_college_and_nobodys_name():
    par = f.creer_organisateur(f.creer_consultation())
    consultation = reprendre(polis(), par)
    assert (consultation.etat, consultation.nature) == ("preparation", "forum")
    assert consultation.reprise_de == "Polis, Bowling Green, 2018"
    assert [c.nom for c in consultation.colleges.all()] == ["Participants"]
    assert Mandat.objects.filter(consultation=consultation, compte=par, role="organisateur").exists()
    gens = Participant.objects.filter(consultation=consultation)
    assert set(gens.values_list("prenom", "nom", "code_personnel", "origine")) == {("", "", None, "reprise")}
    assert gens.count() == 3
    dites = Proposition.objects.filter(consultation=consultation).order_by("piste__numero")
    assert list(dites.values_list("texte", "origine", "origine_note")) == [
        ("Un minibus le matin", "import", "Polis, n°\u00a00"),
        ("Des repas, ensemble", "import", "Polis, n°\u00a01, 1 personne a passé"),
    ]
    entree = Journal.objects.get(verbe="reprendre_consultation")
    assert entree.details == {"plateforme": "Polis", "pistes": 2, "votes": 6}


def test_its_tallies_are_those_of_the_file_and_they_recount():
    consultation = reprendre(polis())
    assert comptes(consultation) == {1: (2, 1), 2: (1, 1)}
    scrutin = Forum.objects.get(consultation=consultation).scrutin
    assert (scrutin.etat, scrutin.bulletins.count()) == ("clos", 3)
    assert list(incoherences(consultation)) == []


CHOIX = st.sampled_from(["1", "-1", "0", ""])


@settings(max_examples=12, deadline=None)
@given(st.lists(st.lists(CHOIX, min_size=3, max_size=3), min_size=1, max_size=9))
def test_any_file_is_counted_as_it_stands(grille):
    commentaires = "comment-id,comment-body\n" + "".join(f"{n},Idée {n}\n" for n in range(3))
    votes = "participant,0,1,2\n" + "".join(f"p{rang},{','.join(ligne)}\n" for rang, ligne in enumerate(grille))
    consultation = reprendre(polis(commentaires, votes), titre=f"Essai {Consultation.objects.count()}")
    attendus = {
        n + 1: (sum(ligne[n] == "1" for ligne in grille), sum(ligne[n] == "-1" for ligne in grille))
        for n in range(3)
    }
    assert comptes(consultation) == {n: paire for n, paire in attendus.items() if any(paire)}


def test_decidim_is_taken_up_without_a_vote():
    consultation = reprendre(lire_decidim(DECIDIM.encode()))
    assert Forum.objects.get(consultation=consultation).scrutin is None
    note = Proposition.objects.get(consultation=consultation, texte__startswith="Un minibus").origine_note
    assert note == "Decidim, n°\u00a012, 45 soutiens là-bas"
    assert Participant.objects.filter(consultation=consultation).count() == 1


def test_nothing_is_left_of_what_is_refused():
    etranger = f.creer_compte()
    for refus, champs in (
        ("interdit", {"lecture": polis(), "par": etranger}),
        ("rien", {"lecture": Lecture("polis"), "par": None}),
    ):
        with pytest.raises(Refus) as leve:
            reprendre(**champs)
        assert leve.value.code == refus
    grande = polis()
    grande.votes = {str(qui): dict.fromkeys(map(str, range(1001)), 1) for qui in range(100)}
    with pytest.raises(Refus) as leve:
        reprendre(grande)
    assert leve.value.code == "trop_de_votes"
    assert not Consultation.objects.exclude(reprise_de="").exists()


def huit_idees():
    """Eight comments, and eight people: too few for groups, which is said."""
    rangs = range(8)
    commentaires = "comment-id,comment-body\n" + "".join(f"{n},Idée {n}\n" for n in rangs)
    votes = "".join(f"p{qui},{','.join('1' if n != qui else '-1' for n in rangs)}\n" for qui in rangs)
    return polis(commentaires, f"participant,{','.join(map(str, rangs))}\n{votes}")


def test_it_is_read_as_any_forum_with_its_map_and_where_it_comes_from(client):
    consultation = reprendre(huit_idees())
    adresse = reverse("forums:resultats", args=[consultation.slug])
    assert client.get(adresse).status_code == 404
    Consultation.objects.filter(pk=consultation.pk).update(etat=Consultation.Etat.CLOSE)
    dessiner_les_reprises()
    dessiner_les_reprises()
    opinions = lectures.opinions_du_forum(Forum.objects.select_related("scrutin").get(consultation=consultation))
    assert (opinions.votants, opinions.groupes) == (8, ())
    page = client.get(adresse).text
    assert opinions.pourquoi[:20] in page
    for nom in ("forums:accueil", "forums:propositions", "forums:resultats"):
        lue = client.get(reverse(nom, args=[consultation.slug])).text
        assert "Polis, Bowling Green, 2018" in lue
    assert "Autre plateforme" in page
    assert "Comment participer" not in client.get(reverse("forums:accueil", args=[consultation.slug])).text


def test_a_consultation_of_our_own_says_nothing_of_elsewhere(client):
    forum = actions.preparer_forum(consultation=f.creer_consultation(), question="Et ici ?", par=None)
    Consultation.objects.filter(pk=forum.consultation_id).update(etat=Consultation.Etat.OUVERTE)
    page = client.get(reverse("forums:resultats", args=[forum.consultation.slug])).text
    assert "viennent d’ailleurs" not in page
    assert "Autre plateforme" not in page


def fichiers(**autres):
    return {
        "plateforme": "polis",
        "idees": io.BytesIO(COMMENTAIRES.encode()),
        "votes": io.BytesIO(VOTES.encode()),
        "titre": "La conversation",
        "source": "Bowling Green, 2018",
        "territoire": f.creer_territoire().pk,
    } | autres


def test_the_files_are_shown_before_anything_is_written(client):
    client.force_login(f.creer_organisateur(f.creer_consultation()))
    avant = Consultation.objects.count()
    vers = client.post(reverse("reprendre_consultation"), fichiers())
    apercu = client.get(vers["Location"])
    assert (apercu.status_code, Consultation.objects.count()) == (200, avant)
    assert "Un minibus le matin" in apercu.text
    assert "Reprendre ces 2 propositions" in apercu.text
    jeton = client.session["reprise"]["jeton"]
    assert client.post(vers["Location"], {"jeton": "autre"})["Location"] == reverse("reprendre_consultation")
    assert Consultation.objects.count() == avant
    fait = client.post(vers["Location"], {"jeton": jeton}, follow=True)
    consultation = Consultation.objects.get(titre="La conversation")
    assert fait.redirect_chain[-1][0] == reverse("gestion:preparation", args=[consultation.pk])
    assert client.post(vers["Location"], {"jeton": jeton})["Location"] == reverse("reprendre_consultation")


def test_what_waits_is_for_who_sent_it_and_for_an_hour(client):
    client.force_login(f.creer_organisateur(f.creer_consultation()))
    vers = client.post(reverse("reprendre_consultation"), fichiers())["Location"]
    attente = client.session["reprise"]
    avant = Consultation.objects.count()
    for champs in ({"compte": attente["compte"] + 1}, {"le": attente["le"] - 3601}):
        session = client.session
        session["reprise"] = attente | champs
        session.save()
        for reponse in (client.get(vers), client.post(vers, {"jeton": attente["jeton"]})):
            assert reponse["Location"] == reverse("reprendre_consultation")
    assert Consultation.objects.count() == avant


def test_a_wrong_file_comes_back_with_what_was_typed(client):
    client.force_login(f.creer_organisateur(f.creer_consultation()))
    for autres, dit in (
        ({"idees": io.BytesIO(b"a,b\n1,2\n")}, "il manque"),
        ({"plateforme": "decidim"}, "Decidim ne donne pas ce fichier"),
        ({"idees": ""}, "Choisissez un fichier."),
    ):
        refus = client.post(reverse("reprendre_consultation"), fichiers(**autres))
        assert refus.status_code == 422
        assert dit in refus.text
        assert 'value="La conversation"' in refus.text
    assert "reprise" not in client.session


def test_what_is_too_large_for_the_page_comes_in_by_the_command(tmp_path, capsys):
    (tmp_path / "idees.csv").write_text(COMMENTAIRES + "9,x,9,9,,,1,\n")
    (tmp_path / "votes.csv").write_text(VOTES)
    dits = {"titre": "La grande", "source": "Bowling Green", "territoire": f.creer_territoire().nom}
    dits["votes"] = tmp_path / "votes.csv"
    call_command("reprendre", "polis", tmp_path / "idees.csv", **dits)
    assert comptes(Consultation.objects.get(titre="La grande")) == {1: (2, 1), 2: (1, 1)}
    sortie = capsys.readouterr()
    assert ("la-grande" in sortie.out, "ligne 5 : elle est vide." in sortie.err) == (True, True)
    with pytest.raises(CommandError, match="nom exact"):
        call_command("reprendre", "polis", tmp_path / "idees.csv", **dits | {"territoire": "Nulle part"})
