"""A number as a letter: one reading of the page, set twice, as HTML for usual mail readers and as plain text.

The words of editors come in through the one cleaner (`contenus.html`), as blocks and runs; the template escapes
what it is given. Styles are written in each tag by css-inline, colours taken from the site's own tokens.
"""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contenus.html import adresse as adresse_permise
from contenus.impression import texte_riche
from contenus.impression.corps import corps
from contenus.lectures.fil import numero

from .models import Abonnement
from .retours import marque

#: Stand for the recipient in a letter composed for all: replaced in each.
CLE, JOUR = "CLE-DE-LA-PERSONNE", "JOUR-DE-LA-DEMANDE"
LONGUEUR_SUJET = 180
#: Earlier numbers named at the end; the page names more.
PRECEDENTS = 3
#: A face, at twice its width in the letter.
PHOTO = "fill-160x160|format-jpeg"


@dataclass(frozen=True)
class Lettre:
    sujet: str
    html: str
    texte: str


def adresse(nom, *args):
    return f"{settings.URL_PUBLIQUE}{reverse(f'courrier:{nom}', args=args)}"


def composer(page):
    """Return the Lettre of a number, without anyone's links yet. About six queries."""
    contexte = {"page": page, "sujet": sujet(page), **_lu(page)}
    html = render_to_string("courrier/courriel/fil.html", contexte)
    texte = render_to_string("courrier/courriel/fil.txt", contexte)
    return Lettre(sujet(page), _inliner().inline(html), _serrer(texte))


def sujet(page):
    dit = _("Fil d’Info n° %(n)s : %(titre)s") % {"n": page.numero, "titre": page.title}
    return " ".join(dit.split())[:LONGUEUR_SUJET]


def _lu(page):
    lu = numero(page)
    parties = [
        (_("Les tendances"), "tendances", lu.tendances),
        (_("Pistes générales, pour tout le réseau"), "pistes", [_piste(valeur) for valeur in lu.generales]),
        (_("Pistes qualité, pour chaque structure"), "pistes", [_piste(valeur) for valeur in lu.qualite]),
        (_("Questions ouvertes : à vous"), "questions", [bloc.value for bloc in page.questions]),
        (_("Autres nouvelles"), "blocs", _corps(page.corps)),
        (_("Prochain Fil d’Info"), "blocs", texte_riche.blocs(page.prochain)),
        (_("Numéros précédents"), "precedents", lu.autres[:PRECEDENTS]),
    ]
    return {
        "edito": texte_riche.blocs(page.edito),
        "objectifs": [bloc.value for bloc in page.objectifs],
        "parties": [partie for partie in parties if partie[2]],
        "lien_reponse": adresse_permise(page.lien_reponse),
        "en_ligne": page.full_url or settings.URL_PUBLIQUE,
        "choix": adresse("choix", CLE),
        "arreter": adresse("arreter", CLE),
        "jour": JOUR,
        "jetons": Path(finders.find("css/tokens.css")).read_text(),
    }


def _piste(valeur):
    synthese = valeur["synthese"]
    lien = f"{synthese.full_url}#p{valeur['numero']}" if synthese and synthese.live else ""
    return {"texte": valeur["texte"], "numero": valeur["numero"], "region": valeur["region"], "lien": lien}


def _corps(flux):
    """The blocks of a body, flattened, as `contenus.impression.corps` says them; images by their address."""
    blocs = []
    for enfant in flux:
        if enfant.block_type == "image":
            blocs += _image(enfant.value)
            continue
        for bloc in corps([enfant]):
            if bloc["genre"] == "personne":
                bloc = {"genre": "personne", "src": _src(enfant.value["photo"], PHOTO), "blocs": bloc["blocs"]}
            blocs += bloc["blocs"] if bloc["genre"] in ("texte", "encadre") else [bloc]
    return blocs


def _image(valeur):
    """The image at twice the width of the letter, by its address here; a missing or broken one is left out."""
    image = valeur["image"]
    rendu = _rendu(image, "width-1072|format-jpeg")
    if rendu is None:
        return []
    dit = getattr(image, "contextual_alt_text", "") or image.title
    hauteur = round(536 * rendu.height / rendu.width)
    src = adresse_permise(rendu.url)
    return [{"genre": "image", "src": src, "hauteur": hauteur, "description": dit, "legende": valeur["legende"]}]


def _src(image, filtre):
    """The address here of an image so drawn, or "" when it cannot be."""
    rendu = _rendu(image, filtre)
    return adresse_permise(rendu.url) if rendu else ""


def _rendu(image, filtre):
    try:
        return image.get_rendition(filtre)
    except Exception:  # any storage or decoding error: the letter leaves without it
        return None


def _inliner():
    """Media queries stay in the head, for whoever reads in the dark; nothing is fetched."""
    return css_inline.CSSInliner(
        keep_at_rules=True,
        resolve_css_variables=True,
        load_remote_stylesheets=False,
    )


def _serrer(texte):
    """Blank lines by one: templates leave many."""
    lignes, vides = [], 0
    for ligne in texte.strip().splitlines():
        vides = 0 if ligne.strip() else vides + 1
        if vides < 2:
            lignes.append(ligne.rstrip())
    return "\n".join(lignes) + "\n"


def pour(lettre, abonnement, cle=None):
    """Return the Lettre with the date of an Abonnement and its links, or those of another `cle`."""
    jour = date_format(abonnement.cree_le, "j F Y")
    html, texte = (
        dit.replace(CLE, cle or abonnement.cle).replace(JOUR, jour) for dit in (lettre.html, lettre.texte)
    )
    return Lettre(lettre.sujet, html, texte)


def message(envoi, destinataire):
    """Return the EmailMessage of one recipient of a sending."""
    abonnement = destinataire.abonnement
    lettre = pour(Lettre(envoi.sujet, envoi.html, envoi.texte), abonnement)
    identifiant = f"<{marque(envoi.numero, destinataire.pk)}@{_hote()}>"
    entetes = {**entetes_de_liste(abonnement.cle), "Message-ID": identifiant}
    return _message(lettre, abonnement.forme, destinataire.courriel, entetes)


def essai(page, courriel, abonnement):
    """Return the letter of a number as `abonnement` would receive it, marked as a test; its links end nothing."""
    lettre = pour(composer(page), abonnement, cle=CLE)
    lettre = Lettre(_("ESSAI. %(sujet)s") % {"sujet": lettre.sujet}, lettre.html, lettre.texte)
    return _message(lettre, abonnement.forme, courriel, entetes_de_liste(CLE))


def _message(lettre, forme, courriel, entetes):
    if forme == Abonnement.Forme.TEXTE:
        return EmailMessage(lettre.sujet, lettre.texte, to=[courriel], headers=entetes)
    courrier = EmailMultiAlternatives(lettre.sujet, lettre.texte, to=[courriel], headers=entetes)
    courrier.attach_alternative(lettre.html, "text/html")
    return courrier


def _hote():
    return urlsplit(settings.URL_PUBLIQUE).hostname


def entetes_de_liste(cle):
    """RFC 8058: the mail reader's own button ends the subscription, without a page. RFC 2919 names the list."""
    return {
        "List-Unsubscribe": f"<{adresse('arreter', cle)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"Fil d'Info <fil-info.{_hote()}>",
    }


def petite(abonnement, sujet, gabarit):
    """Return one of the short letters: to confirm, a reminder, the choices, the notice before forgetting."""
    contexte = {"choix": adresse("choix", abonnement.cle), "arreter": adresse("arreter", abonnement.cle)}
    corps_du_mot = render_to_string(f"courrier/courriel/{gabarit}.txt", contexte)
    entetes = entetes_de_liste(abonnement.cle)
    return EmailMessage(sujet, _serrer(corps_du_mot), to=[abonnement.courriel], headers=entetes)


def page_envoyee(page, prenom, courriel):
    """Return the letter by which someone sends a page: its title, its address, and of theirs a name at most."""
    contexte = {"page": page, "titre": " ".join(page.title.split()), "prenom": prenom, "adresse": page.full_url}
    sujet = _("Une page à lire : %(titre)s") % {"titre": contexte["titre"]}
    corps_du_mot = render_to_string("courrier/courriel/page.txt", contexte)
    return EmailMessage(sujet[:LONGUEUR_SUJET], _serrer(corps_du_mot), to=[courriel])


def demande(abonnement):
    """Return the letter that asks the owner of an address, or that leads them back to their choices."""
    if abonnement.confirme_le is None:
        return petite(abonnement, _("Germoir : confirmez votre abonnement au Fil d’Info"), "confirmer")
    return petite(abonnement, _("Germoir : vos choix pour le Fil d’Info"), "choix")
