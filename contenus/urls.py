from .urls_moi import urlpatterns as moi
from .urls_pages import urlpatterns as pages

app_name = "contenus"
urlpatterns = [*moi, *pages]
