"""Before any of Wagtail's screens about a page: whose title and state may not be seen is not there.

Each act asks `permissions_for_user`; but the explorer, the choosers and the bulk screens also name the page they
were asked about, or those they refuse. One check on the number in the address covers those of today and tomorrow.
"""

from django.core.exceptions import PermissionDenied
from wagtail.models import Page

from consultation.textes import entiers

from . import regles

#: The names Wagtail gives, in its addresses, to the number of a page.
NUMEROS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk", "pk")
RESERVEES = ("page_types_usage", "page_types_usage_results")  # they name the last page edited, whosever it is


class Barriere:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Raise PermissionDenied when the address is about a page that is not this account's to see."""
        compte = request.user
        if not request.path.startswith("/gestion/") or not compte.is_authenticated or compte.is_superuser:
            return
        if request.resolver_match.url_name in RESERVEES:
            raise PermissionDenied
        numeros = _numeros(request, kwargs)
        if numeros and _cachees(compte, numeros):
            raise PermissionDenied


def _numeros(request, kwargs):
    lieu = request.resolver_match
    if lieu.url_name == "wagtail_bulk_action" and kwargs.get("model_name") == "page":
        return set(entiers(request.GET.getlist("id") + request.GET.getlist("parentId")))
    des_pages = lieu.namespace == "wagtailadmin_pages" or (lieu.url_name or "").startswith(
        ("wagtailadmin_explore", "wagtailadmin_choose_page")
    )
    return {int(kwargs[nom]) for nom in NUMEROS if nom in kwargs} if des_pages else set()


def _cachees(compte, numeros):
    return Page.objects.filter(pk__in=numeros).exclude(regles.visibles(compte)).exists()
