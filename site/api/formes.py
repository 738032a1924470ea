"""The shapes of what the API answers. Open tables keep their one dictionary: `contenus.lectures.donnees`."""

from datetime import date, datetime

from ninja import Field, Schema
from pydantic import create_model

from contenus.lectures.donnees import SCHEMAS
from contenus.lectures.fiches import FACETTES

_TYPES = {"integer": int | None, "string": str, "date": date | None}


def _table(nom, titre):
    """The Schema of one row of an open table, its columns told in the words of the dictionary."""
    colonnes = {colonne: (_TYPES[sorte], Field(description=dit)) for colonne, sorte, dit in SCHEMAS[nom]}
    return create_model(titre, __base__=Schema, **colonnes)


Piste = _table("pistes", "Piste")
Proposition = _table("propositions", "Proposition")
Reponse = _table("reponses", "Reponse")
Resultat = _table("resultats", "Resultat")
Vote = _table("votes", "Vote")


#: What chooses among fiches: words, and a value of each facet.
ChoixDeFiches = create_model(
    "ChoixDeFiches",
    __base__=Schema,
    q=(str, Field("", description="Des mots à chercher.")),
    **{nom: (str, Field("", description="Une valeur, comme sur le site.")) for nom in FACETTES},
)


class Erreur(Schema):
    code: str = Field(description="Un mot qui ne change pas.")
    message: str = Field(description="Une phrase en français, qui dit quoi faire.")


class Consultation(Schema):
    slug: str = Field(description="Son nom dans les adresses.")
    titre: str
    territoire: str
    debut: date | None
    fin: date | None
    reprise_de: str = Field(description="D’où viennent ses mots et ses votes ; vide s’ils sont d’ici.")
    page: str = Field(description="Sa page, pour les personnes.")
    archive: str = Field(description="Toutes ses données en un fichier ZIP.")


class PisteEntiere(Piste):
    page: str = Field(description="Sa page, pour les personnes.")
    propositions_citees: list[Proposition]
    reponses: list[Reponse]
    resultats: list[Resultat]


class VoteEntier(Vote):
    resultats: list[Resultat]


class Synthese(Schema):
    id: int
    titre: str
    consultation: str = Field(description="Le slug de sa consultation ; vide si elle a disparu.")
    territoire: str
    chapeau: str
    publiee_le: datetime | None
    pistes: int = Field(description="Combien de pistes elle cite.")
    page: str


class Phrase(Schema):
    sorte: str = Field(description="phrase, tendance, question, citation ou chiffre.")
    texte: str = Field(description="Vide quand ce sont les mots d’une personne qui n’a pas dit oui.")
    pistes: list[int] = Field(description="Les numéros des pistes sur lesquelles elle s’appuie.")
    valeur: str = Field(description="Le chiffre du vote, comme on le lit sur le site ; vide pour le reste.")


class Partie(Schema):
    titre: str
    phrases: list[Phrase]
    pistes: list[int] = Field(description="Les numéros des pistes de ses lignes, critères et indicateurs.")


class SyntheseEntiere(Synthese):
    simulee: bool = Field(
        description="Vrai quand des participants sont simulés : ce n’est pas une vraie rencontre."
    )
    parties: list[Partie]


class FilInfo(Schema):
    numero: int
    titre: str
    saison: str
    paru_le: date | None
    points: list[str] = Field(description="Ce qu’il faut retenir.")
    accroche: str
    questions: list[str]
    page: str


class FilInfoEntier(FilInfo):
    tendances: list[str]
    pistes_generales: list[str]
    pistes_qualite: list[str]


class Fiche(Schema):
    numero: int
    titre: str
    genre: str = Field(description="cas (d’entreprise) ou dispositif.")
    categorie: str
    secteur: str
    region: str
    annee: int
    en_bref: str
    page: str
