"""What rooms and their screens read: the room, its programme, the clock of its steps, who is there, who speaks."""

from .salles import (
    AVEC_CADRE,
    Deroulement,
    LigneDeroule,
    atelier_par_code,
    ateliers_de,
    deroule,
    en_ce_moment,
    etape_courante,
    pistes_par_auteur,
    place_de,
    programme,
)

__all__ = [
    "AVEC_CADRE",
    "Deroulement",
    "LigneDeroule",
    "atelier_par_code",
    "ateliers_de",
    "deroule",
    "en_ce_moment",
    "etape_courante",
    "pistes_par_auteur",
    "place_de",
    "programme",
]
