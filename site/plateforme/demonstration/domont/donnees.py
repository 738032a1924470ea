"""What is written down of the seminar of Domont: its colleges, its trends, its half-days and its workshops."""

from .. import recits

SLUG = "seminaire-qualite-domont"
VILLES = recits.mots("villes-domont")
COLLEGES = {
    "s": {
        "nom": "Salariés en parcours",
        "nom_court": "En parcours",
        "description": "Salariée ou salarié en insertion",
        "signe": "salaries",
        "part_cible": 20,
    },
    "p": {
        "nom": "Équipe permanente",
        "nom_court": "Permanents",
        "description": "Permanente ou permanent",
        "signe": "permanents",
    },
    "a": {
        "nom": "Conseil d’administration",
        "nom_court": "Administrateurs",
        "description": "Administratrice ou administrateur",
        "signe": "administrateurs",
    },
    "d": {
        "nom": "Partenaires",
        "nom_court": "Partenaires",
        "description": "Mairie, État, entreprise…",
        "signe": "partenaires",
    },
}
EFFECTIFS = {"s": 28, "p": 50, "a": 28, "d": 16}  # 122 of 150 seats; 23 % of salariés
#: What the network saw coming before the seminar: its three trends.
AXES = [
    ("Créer des emplois qui durent", "Des emplois stables, ouverts à celles et ceux qui en sont loin."),
    ("Mieux relier les personnes et les employeurs", "Accompagner vers l’emploi, et dans l’emploi."),
    ("Construire des solutions avec le territoire", "Des postes partagés, des réponses à plusieurs."),
]
DEMI_JOURNEES = [
    ("Planter le décor", "On se présente. On regarde d’où l’on part."),
    ("Faire germer des idées", "Chacun propose. Rien n’est bête."),
    ("Faire fructifier des propositions", "On regroupe, on discute, on vote."),
    ("Semer l’avenir", "On décide qui fait quoi, et pour quand."),
]
#: Code -> (half-day, axe, déroulé); the stories are in textes/domont.txt.
ATELIERS = {
    "A2D7K4": (1, 0, "classique"),
    "E3F9G2": (1, 0, "classique"),
    "N7R4T2": (1, 2, "criteres"),
    "K7P4M2": (2, 1, "classique"),
    "V9T4R6": (2, 1, "classique"),
    "T3M7H9": (2, 2, "classique"),
    "M4E2R7": (2, 0, "classique"),
    "P6W3C9": (2, 2, "classique"),
}
DIRECT, VOTE, FINI = "K7P4M2", "V9T4R6", "A2D7K4"
#: Where one ranks priorities: its results are on the wall.
CLASSEMENT = "P6W3C9"
#: Where one votes secretly: its console and its phones show who signed.
SECRET = "N7R4T2"
#: Where one votes by consent: who objects to which piste (by rank), what the group answers, whether it is enough.
CONSENT = "E3F9G2"
OBJECTIONS = (
    (
        "s",
        0,
        "Je ne veux pas que cela dépende d’un seul chef.",
        "On le décide à trois, dont une personne en parcours.",
        True,
    ),
    (
        "a",
        -1,
        "Nous n’avons pas le budget cette année.",
        "On cherche un financement avant juin, et on en reparle.",
        False,
    ),
)
#: Minutes the current steps last, so that whoever comes to look has the time to.
LONGTEMPS = 60
OUVERTURE, CLOTURE = "D4N3C9", "Y6H2E4"
CHAPEAU = (
    "Deux jours pour dire comment changent les missions et les métiers de nos associations. "
    "D’après le séminaire tenu à Domont les 14 et 15 mai 2013."
)
#: Said in the workshop that starts with criteria and indicators.
A_PART = {
    "critere": [("s", "On nous écoute avant de décider."), ("p", "Chacun sait pourquoi on a décidé.")],
    "indicateur": [
        ("a", "Nombre de décisions prises en équipe."),
        ("s", "Combien de fois j’ai pu dire mon avis."),
    ],
}
