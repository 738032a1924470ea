"""Which texts look alike: normalised French words and letter trigrams, compared by cosine, then grouped.

No Django, no chance: the same texts in the same order give the same groups. Suggestions only.
"""

import math
import re
from collections import Counter, defaultdict
from functools import lru_cache

import snowballstemmer

from ..textes import sans_accents

SEUIL = 0.42
POIDS_MOTS = 0.3
#: Below this likeness of words, letters in common are chance.
MOTS_MIN = 0.12
#: A word or trigram found in more than this share of the texts joins nothing by itself; it still weighs.
COURANT = 0.25
VIDES = frozenset(
    re.findall(
        r"\w+",
        """
    a afin ai ainsi alors apres au aucun aussi autre aux avant avec avoir beaucoup bien car ce ceci cela
    celle celui ces cet cette ceux chaque chez comme comment contre dans de des deja depuis dire doit donc
    dont du elle elles en encore entre es est et etaient etait etc ete etre eu eux faire fait faut fois font
    il ils je jamais juste la le les leur leurs lors lui ma mais me meme memes mes moi moins mon ne ni nos
    notre nous on ont ou oui par parce pas peu peut peuvent plus pour pourquoi pouvoir pourrait quand que
    quel quelle quelles quels quelque qui quoi rien sa sans se sera ses seulement si soit son sont sous
    souvent sur ta te tes toi ton toujours tous tout toute toutes tres trop tu un une vers voir vos votre
    vous vraiment y ca c d j l m n s t qu qqn faudrait serait aimerais voudrais avons avez etes sommes suis
    aura aurait sinon
""",
    )
)
_LEXIQUE = snowballstemmer.stemmer("french")


@lru_cache(20_000)
def racine(mot):
    """Return the Snowball stem of a French word in lower case, without its accents: "évaluées" gives "evalu"."""
    return sans_accents(_LEXIQUE.stemWord(mot))


def mots(texte):
    """Return the stems of the words that carry meaning, in order."""
    bruts = re.findall(r"[^\W_]+", texte.lower())
    return [racine(mot) for mot in bruts if len(mot) > 1 and sans_accents(mot) not in VIDES]


def trigrammes(stems):
    """Return the letter trigrams of the stems, with their edges: "_pl", "pla", "lan", "an_"."""
    return [f"_{stem}_"[i : i + 3] for stem in stems for i in range(len(stem))]


def _vecteurs(listes):
    """Weigh each feature by frequency × rarity (tf-idf, smoothed) and bring each text to length 1."""
    presence = Counter(trait for liste in listes for trait in set(liste))
    total = len(listes)
    vecteurs = []
    for liste in listes:
        brut = {
            trait: n * (1 + math.log((1 + total) / (1 + presence[trait]))) for trait, n in Counter(liste).items()
        }
        norme = math.sqrt(sum(poids * poids for poids in brut.values())) or 1.0
        vecteurs.append({trait: poids / norme for trait, poids in brut.items()})
    return vecteurs


def _cosinus(un, autre):
    if len(un) > len(autre):
        un, autre = autre, un
    return sum(poids * autre[trait] for trait, poids in un.items() if trait in autre)


def _cosinus_des_mots(vecteurs):
    """Yield (i, j, cosine), i < j, for the pairs sharing a stem that is not in every other text."""
    plafond = max(8, COURANT * len(vecteurs))
    presence = Counter(trait for vecteur in vecteurs for trait in vecteur)
    deja_vus = defaultdict(list)
    for rang, vecteur in enumerate(vecteurs):
        sommes, parents = defaultdict(float), set()
        for trait, poids in vecteur.items():
            rare = presence[trait] <= plafond
            for autre, autre_poids in deja_vus[trait]:
                sommes[autre] += poids * autre_poids
                if rare:
                    parents.add(autre)
            deja_vus[trait].append((rang, poids))
        for autre in parents:
            yield autre, rang, sommes[autre]


def paires(textes, seuil=SEUIL):
    """Return [(likeness 0 to 1, i, j)] for the pairs at or above `seuil`, the most alike first."""
    stems = [mots(texte) for texte in textes]
    lettres = _vecteurs([trigrammes(s) for s in stems])
    trouvees = []
    for un, autre, proximite in _cosinus_des_mots(_vecteurs(stems)):
        if proximite < MOTS_MIN:
            continue
        score = POIDS_MOTS * proximite + (1 - POIDS_MOTS) * _cosinus(lettres[un], lettres[autre])
        if score >= seuil:
            trouvees.append((round(score, 9), un, autre))
    return sorted(trouvees, key=lambda p: (-p[0], p[1], p[2]))


def groupes(textes, seuil=SEUIL):
    """Return groups (sorted lists of indexes, two or more) of texts that look alike, the tightest first.

    Agglomerative, average linkage: two groups join while the mean likeness across them stays at or above `seuil`,
    so that a chain of near neighbours does not swallow the room.
    """
    amas = _Amas(paires(textes, seuil=seuil * 0.6))
    for score, un, autre in amas.paires:
        if score < seuil:
            break
        amas.rapprocher(un, autre, seuil)
    return amas.formes()


class _Amas:
    """Groups in the making: sums of likenesses inside each, and between each two (Lance and Williams, 1967)."""

    def __init__(self, paires):
        self.paires = paires
        self._de, self._membres, self._dedans = {}, {}, defaultdict(float)
        self._entre = defaultdict(lambda: defaultdict(float))
        for score, un, autre in paires:
            for rang in (un, autre):
                self._de[rang], self._membres[rang] = rang, [rang]
            self._entre[un][autre] = self._entre[autre][un] = score

    def rapprocher(self, un, autre, seuil):
        gauche, droite = self._de[un], self._de[autre]
        if gauche == droite:
            return
        taille = len(self._membres[gauche]) * len(self._membres[droite])
        if self._entre[gauche][droite] >= seuil * taille:
            self._reunir(min(gauche, droite), max(gauche, droite))

    def _reunir(self, garde, parti):
        self._dedans[garde] += self._dedans.pop(parti, 0.0) + self._entre[garde].pop(parti)
        self._membres[garde] += self._membres.pop(parti)
        for rang in self._membres[garde]:
            self._de[rang] = garde
        for voisin, somme in self._entre.pop(parti).items():
            if voisin != garde:
                self._entre[garde][voisin] += somme
                self._entre[voisin][garde] += somme
                del self._entre[voisin][parti]

    def formes(self):
        finis = [
            (self._cohesion(cle), sorted(membres)) for cle, membres in self._membres.items() if len(membres) > 1
        ]
        return [membres for _cohesion, membres in sorted(finis, key=lambda f: (-f[0], f[1]))]

    def _cohesion(self, cle):
        n = len(self._membres[cle])
        return round(self._dedans[cle] / (n * (n - 1) / 2), 6)
