from .urls_animation import urlpatterns as animation
from .urls_direct import urlpatterns as direct
from .urls_grilles import urlpatterns as grilles
from .urls_participant import urlpatterns as participant
from .urls_rapporteur import urlpatterns as rapporteur

urlpatterns = [*direct, *participant, *grilles, *animation, *rapporteur]
