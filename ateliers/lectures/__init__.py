"""What rooms and their screens read: the room, its programme, the clock of its steps, who is there, who speaks."""

from .salles import (
    AVEC_CADRE,
    Deroulement,
    LigneDeroule,
    a_vote,
    atelier_par_code,
    ateliers_de,
    deja_lue,
    deroule,
    en_ce_moment,
    est_entre,
    etape_courante,
    etape_en_cours_de,
    numeros_debout,
    pistes_de,
    pistes_par_auteur,
    programme,
)

__all__ = [
    "AVEC_CADRE",
    "Deroulement",
    "LigneDeroule",
    "a_vote",
    "atelier_par_code",
    "ateliers_de",
    "deja_lue",
    "deroule",
    "en_ce_moment",
    "est_entre",
    "etape_courante",
    "etape_en_cours_de",
    "numeros_debout",
    "pistes_de",
    "pistes_par_auteur",
    "programme",
]
