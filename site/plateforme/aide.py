"""The guide's two screens: its list, searched; one of its pages."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .guide import chercher, lire


@require_safe
def liste(request):
    """Every section, or those that hold the words asked for."""
    question = request.GET.get("q", "")[:200]
    contexte = {"question": question, "trouvees": chercher(question)}
    return render(request, "wagtailadmin/guide/liste.html", contexte)


@require_safe
def page(request, guide):
    pages = lire()
    if guide not in pages:
        raise Http404
    return render(request, "wagtailadmin/guide/page.html", {"guide": pages[guide]})
