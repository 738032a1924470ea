"""Every reading that is more than one line."""

from .personnes import participant_par_code

__all__ = ["participant_par_code"]
