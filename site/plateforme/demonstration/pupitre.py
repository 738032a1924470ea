"""A desk at work: a short draft that does not cite everybody alike, and an author who was heard."""

from consultation import actions, lectures
from consultation.models import Proposition, Scrutin, Synthese

from .horloge import a_la_date, jour_a

TITRE = "Ce que la région garde pour l’an prochain"
#: Pistes that stay in each row: the rest waits for the rapporteur, or is set aside.
PAR_LIGNE = 3
TENDANCE = "On demande de plus en plus l’avis des personnes, et on leur dit ce qu’il est devenu."
CHIFFRE = "ont mis une gommette sur cette piste."
QUESTION = "Qui, dans chaque structure, répond aux personnes qui ont donné leur avis ?"
MOTIF = "Nous la gardons pour la rencontre de printemps, qui en fait son thème."
DESACCORD = "Au printemps ce sera trop tard : les nouveaux arrivent en janvier."
REPONSE = "Vous avez raison. Nous en parlons dans la première partie, et au printemps nous ferons le point."


def poser(consultation, equipe):
    """Open the short draft of a consultation already played; what is there stays as it is."""
    if Synthese.objects.filter(consultation=consultation, titre=TITRE).exists():
        return
    with a_la_date(jour_a(-3, 10)):
        synthese = actions.ouvrir_synthese(consultation=consultation, titre=TITRE, par=equipe.rapport)
        for section in synthese.sections.all():
            for ligne in section.lignes.all():
                _raccourcir(ligne, equipe)
        _varier(synthese.sections.first(), equipe)
        _laisser_et_repondre(synthese, equipe)


def _raccourcir(ligne, equipe):
    actions.ecrire_ligne(
        ligne=ligne,
        criteres=ligne.criteres,
        indicateurs=ligne.indicateurs,
        pistes=list(ligne.pistes.order_by("numero")[:PAR_LIGNE]),
        par=equipe.rapport,
    )


def _varier(section, equipe):
    """A trend, a figure, an author's words and an open question, on the first piste that has all of these."""
    pistes = section.lignes.first().pistes.order_by("numero")
    piste = pistes.first()
    ecrire = {"section": section, "par": equipe.rapport}
    actions.ajouter_phrase(texte=TENDANCE, pistes=list(pistes[:2]), sorte="tendance", **ecrire)
    for scrutin in Scrutin.objects.montres().filter(pistes=piste)[:1]:
        chiffre = actions.reprendre_chiffre(scrutin=scrutin, piste=piste, **ecrire)
        actions.modifier_phrase(phrase=chiffre, texte=CHIFFRE, pistes=[piste], par=equipe.rapport)
    for proposition in Proposition.objects.publiables().filter(piste__in=list(pistes)).order_by("pk")[:1]:
        actions.citer_mots(proposition=proposition, **ecrire)
    actions.ajouter_phrase(texte=QUESTION, pistes=[piste], sorte="question", **ecrire)


def _laisser_et_repondre(synthese, equipe):
    """The first proposition of the least cited college is left aside; its author answers, and is answered."""
    moins_cite = lectures.couverture(synthese).colleges[0].college
    (orpheline,) = lectures.orphelines(synthese, 1, {})[moins_cite.pk]
    mise = actions.laisser_de_cote(synthese=synthese, proposition=orpheline, motif=MOTIF, par=equipe.rapport)
    desaccord = actions.dire_desaccord(
        proposition=orpheline, participant=orpheline.auteur, raison=DESACCORD, mise_de_cote=mise
    )
    actions.repondre_desaccord(desaccord=desaccord, reponse=REPONSE, par=equipe.rapport)
