"""Fiches made for what has none: new words, and those whose guard has just dropped their fiche.

Not an act: nothing is said nor decided here, and what is made can be made again.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef
from wagtail.documents import get_document_model
from wagtail.models import Page

from consultation import lectures
from consultation.analyse.mots import a_garder
from consultation.models import Piste
from contenus.models import SeminairePage, SynthesePage
from visites.models import Visite

from .models import Fiche

#: Things read at once: what a visitor may wait for, the worker doing the rest.
LOT = 300
Genre = Fiche.Genre


def _sans_fiche(choses, **dont):
    return choses.filter(~Exists(Fiche.objects.filter(**dont))).order_by("pk")


def _manquent():
    """[(things without a fiche, what makes theirs)]: what anyone may read, and nothing else."""
    pk = OuterRef("pk")
    return [
        (
            _sans_fiche(lectures.propositions_de_forums(), genre=Genre.PROPOSITION, proposition=pk),
            _de_la_proposition,
        ),
        (
            _sans_fiche(lectures.pistes_votees_au_forum(), genre=Genre.PISTE, page__isnull=True, piste=pk),
            _de_la_piste,
        ),
        (_sans_fiche(Page.objects.live().public(), genre=Genre.PAGE, page=pk), _de_la_page),
        (
            _sans_fiche(
                lectures.forums_publics().select_related(None), genre=Genre.FORUM,
                consultation=OuterRef("consultation"),
            ),
            _du_forum,
        ),
        (_sans_fiche(Visite.objects.publiques(), genre=Genre.VISITE, visite=pk), _de_la_visite),
    ]  # fmt: skip


def mettre_a_jour(lot=LOT):
    """Make the fiches that are missing, of `lot` things at most; return of how many. Five queries when none is."""
    faites = 0
    for manquantes, faire in _manquent():
        if faites < lot and manquantes.exists():
            faites += _faire(manquantes[: lot - faites], faire)
    return faites


def _faire(manquantes, faire):
    """Their rows are held meanwhile: words hidden between reading and writing would leave a fiche behind them."""
    with transaction.atomic():
        choses = list(manquantes.select_for_update(of=("self",), no_key=True))
        fiches = [fiche for chose in choses for fiche in faire(chose)]
        Fiche.objects.bulk_create(fiches, ignore_conflicts=True, batch_size=200)
    return len(choses)


def _fiche(genre, titre, *reste, **de):
    return Fiche(genre=genre, titre=a_garder(titre), mots=a_garder(titre, *reste), **de)


def _de_la_proposition(dite):
    titre = dite.texte_public
    yield _fiche(Genre.PROPOSITION, titre, str(dite.pk), proposition=dite, consultation_id=dite.consultation_id)


def _de_la_piste(piste):
    dits = {"consultation_id": piste.consultation_id, "proposition_id": piste.mots_de_id}
    yield _fiche(Genre.PISTE, piste.texte, str(piste.numero), piste=piste, **dits)


def _du_forum(forum):
    consultation = forum.consultation
    autres = (forum.espace.question, consultation.chapeau, consultation.territoire.nom)
    yield _fiche(Genre.FORUM, consultation.titre, *autres, consultation=consultation)


def _de_la_visite(visite):
    dits = {"visite": visite, "consultation_id": visite.consultation_id}
    yield _fiche(Genre.VISITE, visite.entreprise, visite.lieu, visite.a_voir, **dits)


def _de_la_page(page):
    """Of a page, of its documents, and of the pistes that a synthesis rests on."""
    page = page.specific
    consultation = _consultation_de(page)
    yield _fiche(Genre.PAGE, page.title, *_textes(page), page_id=page.pk, consultation=consultation)
    for document in get_document_model().objects.filter(pk__in=_documents(page)):
        yield _fiche(Genre.DOCUMENT, document.title, page_id=page.pk, document=document, consultation=consultation)
    if isinstance(page, SynthesePage) and consultation is not None:
        yield from _des_pistes_figees(page, consultation)


def _consultation_de(page):
    if isinstance(page, SynthesePage):
        return page.synthese and page.synthese.consultation
    return page.consultation if isinstance(page, SeminairePage) else None


def _textes(page):
    """What Wagtail's own index would read of it: the fields that the page says are searched."""
    for champ in page.get_searchable_search_fields():
        valeur = champ.get_value(page)
        yield from (str(v) for v in (valeur if isinstance(valeur, list) else [valeur]) if v)


def _documents(page):
    """The ids of the documents that the published page shows or links to (drafts are elsewhere)."""
    for champ in page._meta.get_fields():
        if hasattr(champ, "extract_references"):
            for vers, numero, *_chemins in champ.extract_references(champ.value_from_object(page)):
                if vers is get_document_model():
                    yield numero


def _des_pistes_figees(page, consultation):
    figees = {piste["numero"]: piste for piste in page.contenu.get("pistes", [])}
    actuelles = Piste.objects.filter(consultation=consultation, numero__in=figees).select_related("mots_de")
    for piste in actuelles:
        figee = figees[piste.numero]
        mots_de = figee.get("mots_de")
        if mots_de is not None and mots_de != piste.mots_de_id:
            continue  # someone's words, which the piste no longer says: read on the page alone
        texte = piste.mots_de.texte_public if mots_de is not None else figee.get("texte", "")
        dits = {"page_id": page.pk, "consultation": consultation, "proposition_id": mots_de}
        yield _fiche(Genre.PISTE, texte, str(piste.numero), piste=piste, **dits)
