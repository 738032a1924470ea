"""Two versions of a draft, side by side: what each says, and which of their words the other does not."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain

from django.utils.translation import gettext as _

from ..models import PhraseSynthese, Proposition, VersionSynthese

#: What is written and may be taken up again as it was.
ECRITES = {PhraseSynthese.Sorte.PHRASE, PhraseSynthese.Sorte.TENDANCE, PhraseSynthese.Sorte.QUESTION}

_MORCEAU = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Morceau:
    """Some words; `autre`: the other version does not have them there."""

    texte: str
    autre: bool


@dataclass(frozen=True)
class Comparee:
    """One thing said: `sorte` is "titre", "chapeau", "section", "phrase", "bloc" or "ligne". `avant` and `apres`
    are Morceaux, [] where it is not there. `id`, `pistes`, `section`: of the older one, to take it up again;
    `revision`: that of a sentence which is still there."""

    sorte: str
    id: int | None
    avant: list
    apres: list
    pistes: tuple = ()
    section: int | None = None
    revision: int | None = None

    @property
    def changee(self):
        return any(morceau.autre for morceau in (*self.avant, *self.apres))

    @property
    def texte_avant(self):
        return "".join(morceau.texte for morceau in self.avant)


@dataclass(frozen=True)
class Comparaison:
    avant: VersionSynthese
    apres: VersionSynthese
    lignes: list

    def _compter(self, test):
        return sum(bool(test(c)) for c in self.lignes if c.sorte in ("phrase", "bloc", "ligne") and c.changee)

    @property
    def changees(self):
        return self._compter(lambda c: c.avant and c.apres)

    @property
    def ajoutees(self):
        return self._compter(lambda c: not c.avant)

    @property
    def retirees(self):
        return self._compter(lambda c: not c.apres)


def comparer(avant, apres):
    """Return the Comparaison of two VersionSyntheses of one draft. Four queries."""
    cites = _mots_cites(avant.contenu, apres.contenu)
    dits = _a_plat(avant.contenu, cites), _a_plat(apres.contenu, cites)
    restees = dict(
        PhraseSynthese.objects.filter(section__synthese=avant.synthese_id).values_list("pk", "revision")
    )
    lignes = []
    for cle in _en_ordre(*map(list, dits)):
        ancien, nouveau = (cote.get(cle) for cote in dits)
        gauche, droite = _morceaux(ancien and ancien["texte"], nouveau and nouveau["texte"])
        reste = {"pistes": tuple(ancien["pistes"]), "section": ancien["section"]} if ancien else {}
        if cle[0] == "phrase":
            reste["revision"] = restees.get(cle[1])
        lignes.append(Comparee(*cle, gauche, droite, **reste))
    return Comparaison(avant, apres, lignes)


def _mots_cites(*contenus):
    """{id: words} of what these versions quote and may still be quoted. One query."""
    phrases = (p for contenu in contenus for section in contenu["sections"] for p in section["phrases"])
    cites = {p.get("proposition_id") for p in phrases} - {None}
    return {p.pk: p.texte_public for p in Proposition.objects.publiables().filter(pk__in=cites)}


def _a_plat(contenu, cites):
    """{(sort, id): {"texte", "pistes", "section"}} of all that a version says, in order."""
    dit = {
        ("titre", None): {"texte": contenu["titre"], "pistes": [], "section": None},
        ("chapeau", None): {"texte": contenu["chapeau"], "pistes": [], "section": None},
    }
    for section in contenu["sections"]:
        ici = {"section": section["id"]}
        dit["section", section["id"]] = {"texte": section["titre"], "pistes": [], **ici}
        for p in section["phrases"]:
            sorte = "phrase" if p.get("sorte", "phrase") in ECRITES else "bloc"
            dit[sorte, p["id"]] = {"texte": _dit_de(p, cites), "pistes": p["pistes"], **ici}
        for ligne in section["lignes"]:
            mots = "\n".join(filter(None, (ligne["titre"], ligne["criteres"], ligne["indicateurs"])))
            dit["ligne", ligne["id"]] = {"texte": mots, "pistes": ligne["pistes"], **ici}
    return {cle: une for cle, une in dit.items() if une["texte"]}


def _dit_de(phrase, cites):
    """A sentence as it is compared: a quotation with the words that may still be quoted."""
    if phrase.get("sorte") == PhraseSynthese.Sorte.CITATION:
        cite = cites.get(phrase["proposition_id"]) or _("citation retirée par son auteur")
        return f"{phrase['texte']} « {cite} »".strip()
    if phrase.get("sorte") == PhraseSynthese.Sorte.CHIFFRE:
        return f"{_('Chiffre du vote')} {phrase['texte']}".strip()
    return phrase["texte"]


def _en_ordre(avant, apres):
    """All the keys, in the order of the newer version; those it no longer has stand where they were."""
    melange = SequenceMatcher(None, avant, apres, autojunk=False).get_opcodes()
    cles = chain.from_iterable((*avant[a:b], *apres[c:d]) for _quoi, a, b, c, d in melange)
    return dict.fromkeys(cles)


def _morceaux(avant, apres):
    """Return ([Morceau] of the older, [Morceau] of the newer), cut where they differ; [] for what is not there."""
    mots = [_MORCEAU.findall(texte or "") for texte in (avant, apres)]
    cotes = [], []
    for quoi, a, b, c, d in SequenceMatcher(None, *mots, autojunk=False).get_opcodes():
        for cote, texte in zip(cotes, ("".join(mots[0][a:b]), "".join(mots[1][c:d])), strict=True):
            if texte:
                cote.append(Morceau(texte, quoi != "equal"))
    return cotes


def versions(synthese):
    """The versions of a draft, the newest first, with who left them, without what they say, as a query."""
    return synthese.versions.select_related("par").defer("contenu")
