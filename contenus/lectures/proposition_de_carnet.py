"""The booklet that is proposed to whoever composes one: whole, from what was prepared."""

from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.rich_text import RichText


def proposition(consultation):
    """Return the pages proposed for `consultation`, as a stream takes them: [(block, value)]. Four queries."""
    pages = [
        ("couverture", {"couleur": "vert", "surtitre": "", "titre": "", "illustration": {}}),
        ("bienvenue", _bienvenue(consultation)),
        ("mode_emploi", None),
        _contexte(consultation),
        ("qui_vient", {"titre": _("Qui vient ?"), "texte": _("Chaque groupe doit pouvoir être entendu.")}),
        _objectifs(consultation),
        ("programme", None),
        ("axes", None),
        ("grille", _grille()),
        *((page, None) for page in ("mes_jours", "preparation", "idees", "ma_page")),
        ("pratique", _pratique(consultation)),
        ("mots", {"titre": _("Les mots d’ici"), "mots": _mots(), "merci": _merci()}),
    ]
    return [page for page in pages if page]


def _texte(titre, phrases, signature=""):
    texte = RichText("".join(f"<p>{escape(phrase)}</p>" for phrase in phrases))
    return {"titre": titre, "texte": texte, "signature": signature, "illustration": {}}


def _bienvenue(consultation):
    titre = _("Bienvenue à %(lieu)s") % {"lieu": consultation.lieu} if consultation.lieu else _("Bienvenue")
    return _texte(
        titre,
        [
            _("Pendant ces journées, chacun parle et chacun compte."),
            _("Vous savez des choses que nous ne savons pas : ce qui aide, ce qui décourage."),
            _("Ce que vous écrirez restera avec vos mots. Vous pourrez suivre ce que cela devient."),
        ],
        signature=_("L’équipe du séminaire"),
    )


def _contexte(consultation):
    demarche = consultation.demarche.exists()
    if not (consultation.chapeau or demarche):
        return None
    phrases = [ligne for ligne in consultation.chapeau.splitlines() if ligne.strip()]
    texte = RichText(
        "".join(f"<p>{escape(p)}</p>" for p in phrases or [_("D’où vient ce séminaire, et où il va.")])
    )
    titre = _("Pourquoi ce séminaire")
    return "contexte", {"titre": titre, "texte": texte, "demarche": demarche, "attentes": True}


def _objectifs(consultation):
    objectifs = [
        {"picto": temps.picto, "titre": temps.titre[:80], "texte": temps.resume[:240]}
        for temps in consultation.temps.order_by("debut", "ordre")
        if temps.resume and temps.picto in ("d-1", "d-2", "d-3", "d-4")
    ]
    return objectifs and ("objectifs", {"titre": _("Ce que nous allons faire"), "objectifs": objectifs})


def _grille():
    lignes = [
        (_("Nos missions"), _("À quoi sert notre association ?"), _("À quoi devra-t-elle servir ?")),
        (_("Nos métiers"), _("Que savons-nous bien faire ?"), _("Que faudra-t-il apprendre ?")),
        (_("L’accueil"), _("Comment se passe le premier jour ?"), _("Comment le voudrait-on ?")),
        (_("La formation"), _("Qui apprend, et quand ?"), _("Qui devrait apprendre ?")),
    ]
    return {
        "titre": _("Nos missions, nos métiers"),
        "consigne": _("Écrivez ou dessinez. Toutes les réponses comptent."),
        "lignes": [{"titre": t, "aujourd_hui": a, "demain": d} for t, a, d in lignes],
    }


def _pratique(consultation):
    lignes = [
        {"picto": "i-lieu", "titre": _("L’adresse"), "texte": consultation.lieu},
        {"picto": "i-guichet", "titre": _("L’accueil"), "texte": _("Une personne vous reçoit à l’entrée.")},
        {"picto": "i-question", "titre": _("Besoin d’aide ?"), "texte": _("Demandez à la personne qui anime.")},
    ]
    return {"titre": _("Pour venir"), "illustration": {}, "lignes": lignes if consultation.lieu else lignes[1:]}


def _merci():
    return _("À toutes les personnes qui ont préparé ces journées, et à vous.")


def _mots():
    mots = [
        (_("Une piste"), _("Une idée écrite par le groupe, à partir des vôtres.")),
        (_("Un collège"), _("Un groupe de personnes qui ont la même place dans le réseau. Il a son signe.")),
        (_("Regrouper"), _("Mettre ensemble des idées qui se ressemblent. Les mots de chacun restent.")),
        (_("Une gommette"), _("Un rond à poser sur une piste. Tout le monde en a le même nombre.")),
        (
            _("Gardée en mémoire"),
            _("La piste n’a pas assez de voix cette fois. Elle reste écrite."),
        ),
        (_("Une synthèse"), _("Ce que le groupe retient, avec les pistes qui le prouvent.")),
    ]
    return [{"mot": mot, "sens": sens} for mot, sens in mots]
