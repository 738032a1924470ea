"""Words stay their author's: what still says them word for word follows what becomes of them.

A piste worded as one proposition is keeps a reference to it (`Piste.mots_de`); the rows of a synthesis hold
people's criteria as they wrote them. When words are hidden or erased, `suivre` carries it there. Publishing reads
the reference, never the copy: consent is asked of the proposition each time a page is shown.
"""

from django.db.models import F, Q

from ..models import LigneSynthese, Piste
from ..textes import cle_de_mots, nettoyer_ligne
from .classeurs import perimer_classeurs
from .gardes import annoncer_pistes
from .versions import retirer_des_versions

LONGUEUR_PISTE = 300


def mots_pour_piste(proposition):
    """The words of a proposition on one line, as a piste can hold them."""
    return nettoyer_ligne(proposition.texte_public)[:LONGUEUR_PISTE]


def cles_de(proposition):
    """The keys under which a wording is this proposition's very words: whole, as shown, or cut to a piste."""
    textes = (proposition.texte, proposition.texte_public)
    return {cle_de_mots(t) for texte in textes for t in (texte, nettoyer_ligne(texte)[:LONGUEUR_PISTE])} - {""}


def auteur_des_mots(texte, propositions):
    """Return the one of `propositions` whose very words `texte` is, or None."""
    cle = cle_de_mots(texte)
    return next((p for p in propositions if p is not None and cle in cles_de(p)), None)


def a_une_reference(texte, propositions):
    """What the journal keeps of a wording: its words, or whose they are when they are someone's."""
    siens = auteur_des_mots(texte, propositions)
    return {"mots_de": siens.pk} if siens else {"texte": texte}


def suivre(avant, proposition):
    """Carry what became of a proposition's words to what says them: pistes, rows of syntheses, files already made.

    `avant`: `cles_de` before the change. Inside the caller's transaction.
    """
    perimer_classeurs(proposition.consultation_id)
    mots = mots_pour_piste(proposition)
    for piste in Piste.objects.select_for_update(of=("self",), no_key=True).filter(mots_de=proposition):
        if piste.texte != mots:
            piste.texte, piste.revision = mots, piste.revision + 1
            piste.save(update_fields=["texte", "revision"])
            annoncer_pistes([piste])
    en_lignes = LigneSynthese.objects.filter(section__synthese__consultation=proposition.consultation_id)
    for ligne in en_lignes.exclude(Q(criteres="") & Q(indicateurs="")):
        champs = {
            champ: _lignes(getattr(ligne, champ), avant, proposition) for champ in ("criteres", "indicateurs")
        }
        if any(getattr(ligne, champ) != valeur for champ, valeur in champs.items()):
            # Whoever is writing that row must not put the words back.
            LigneSynthese.objects.filter(pk=ligne.pk).update(**champs, revision=F("revision") + 1)
    retirer_des_versions(proposition.consultation_id, avant, lambda texte: _lignes(texte, avant, proposition))


def _lignes(texte, avant, proposition):
    """The same lines, those that were the proposition's now saying what is left of it; none when it is erased."""
    mots = nettoyer_ligne(proposition.texte_public) if proposition.texte else None
    lignes = (mots if cle_de_mots(ligne) in avant else ligne for ligne in texte.splitlines())
    return "\n".join(ligne for ligne in lignes if ligne is not None)
