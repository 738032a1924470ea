"""What organisers write for the same thing: gender, number, habits of the trade, regions of before 2016.

Nothing is decided here: the likeliest meaning is proposed, and the organiser says once what each word means.
"""

import re
import unicodedata

from .colonnes import simplifier

#: Ends of words that only say gender or number, and what they are brought back to.
_FINS = (
    ("trice", "teur"), ("euse", "eur"), ("ienne", "ien"), ("ente", "ent"), ("ante", "ant"),
    ("ive", "if"), ("elle", "el"), ("ere", "er"), ("ee", "e"), ("ue", "u"),
)  # fmt: skip

#: Words of the trade, by sign of college (whole words, without gender nor number).
METIERS = {
    "salaries": {"cddi", "parcours", "insertion", "salarie", "interimaire", "stagiaire"},
    "permanents": {
        "permanent", "eti", "asp", "cip", "encadrant", "accompagnateur", "directeur", "direction", "coordinateur",
        "formateur", "chef", "comptable", "secretaire",
    },
    "administrateurs": {"administrateur", "president", "tresorier", "ca"},
    "partenaires": {
        "partenaire", "elu", "mairie", "collectivite", "departement", "region", "etat", "entreprise", "financeur",
        "federation",
    },
    "habitants": {"habitant", "citoyen", "riverain"},
}  # fmt: skip

#: Regions of before 2016 and names in use, under `simplifier`: where they are now (law of 16 January 2015).
REGIONS = {
    "alsace": "Grand Est",
    "champagneardenne": "Grand Est",
    "lorraine": "Grand Est",
    "aquitaine": "Nouvelle-Aquitaine",
    "limousin": "Nouvelle-Aquitaine",
    "poitoucharentes": "Nouvelle-Aquitaine",
    "nlleaquitaine": "Nouvelle-Aquitaine",
    "auvergne": "Auvergne-Rhône-Alpes",
    "rhonealpes": "Auvergne-Rhône-Alpes",
    "aura": "Auvergne-Rhône-Alpes",
    "bourgogne": "Bourgogne-Franche-Comté",
    "franchecomte": "Bourgogne-Franche-Comté",
    "bfc": "Bourgogne-Franche-Comté",
    "languedocroussillon": "Occitanie",
    "midipyrenees": "Occitanie",
    "nordpasdecalais": "Hauts-de-France",
    "npdc": "Hauts-de-France",
    "picardie": "Hauts-de-France",
    "hdf": "Hauts-de-France",
    "bassenormandie": "Normandie",
    "hautenormandie": "Normandie",
    "paca": "Provence-Alpes-Côte d’Azur",
    "regionsud": "Provence-Alpes-Côte d’Azur",
    "sud": "Provence-Alpes-Côte d’Azur",
    "centre": "Centre-Val de Loire",
    "idf": "Île-de-France",
    "pdl": "Pays de la Loire",
}
#: Departments of each region (official geographic code).
DEPARTEMENTS = {
    "Auvergne-Rhône-Alpes": "01 03 07 15 26 38 42 43 63 69 73 74",
    "Bourgogne-Franche-Comté": "21 25 39 58 70 71 89 90",
    "Bretagne": "22 29 35 56",
    "Centre-Val de Loire": "18 28 36 37 41 45",
    "Corse": "2A 2B 20",
    "Grand Est": "08 10 51 52 54 55 57 67 68 88",
    "Hauts-de-France": "02 59 60 62 80",
    "Île-de-France": "75 77 78 91 92 93 94 95",
    "Normandie": "14 27 50 61 76",
    "Nouvelle-Aquitaine": "16 17 19 23 24 33 40 47 64 79 86 87",
    "Occitanie": "09 11 12 30 31 32 34 46 48 65 66 81 82",
    "Pays de la Loire": "44 49 53 72 85",
    "Provence-Alpes-Côte d’Azur": "04 05 06 13 83 84",
    "Guadeloupe": "971",
    "Martinique": "972",
    "Guyane": "973",
    "La Réunion": "974",
    "Mayotte": "976",
}
_REGION_PAR_CODE = {code: region for region, codes in DEPARTEMENTS.items() for code in codes.split()}
_NOMS_ACTUELS = {simplifier(region): region for region in DEPARTEMENTS}


def racines(texte):
    """The words of `texte` without accents, case, gender nor number, in order.

    >>> racines("Salariées en parcours")
    ('salarie', 'en', 'parcours')
    """
    plat = "".join(c for c in unicodedata.normalize("NFKD", texte.casefold()) if not unicodedata.combining(c))
    return tuple(_racine(mot) for mot in re.findall(r"[^\W_]+", plat))


def _racine(mot):
    if len(mot) > 3 and mot[-1] in "sx" and not mot.endswith(("ours", "eux", "ss")):
        mot = mot[:-1]
    for fin, nue in _FINS:
        if len(mot) > len(fin) + 1 and mot.endswith(fin):
            return mot[: -len(fin)] + nue
    return mot


def cle_de_mot(texte):
    """Key under which a word of a list is asked about and remembered: its variants are one question."""
    return " ".join(racines(texte))[:120]


def college_probable(texte, colleges):
    """Return the likeliest of `colleges` for `texte`, or None."""
    dits = set(racines(texte)) - {"en", "de", "du", "la", "le"}
    for college in colleges:
        for nom in (college.nom, college.nom_court):
            if racines(nom) == racines(texte):
                return college
    par_signe = {college.signe: college for college in colleges}
    # "Salarié permanent" is a permanent: the word that tells most is looked for first.
    for signe in ("permanents", "administrateurs", "partenaires", "habitants", "salaries"):
        if dits & METIERS[signe] and signe in par_signe:
            return par_signe[signe]
    communs = [c for c in colleges if dits and dits <= set(racines(f"{c.nom} {c.description}"))]
    return communs[0] if len(communs) == 1 else None


def region_probable(texte):
    """Return (name of today's region, why: "ancienne", "departement" or ""), or None."""
    cle = simplifier(texte)
    if cle in REGIONS:
        return REGIONS[cle], "ancienne"
    if cle in _NOMS_ACTUELS:
        return _NOMS_ACTUELS[cle], ""
    code = texte.strip().upper().zfill(2)
    return (_REGION_PAR_CODE[code], "departement") if code in _REGION_PAR_CODE else None
