"""What a rapporteur does at the desk, as its forms send it."""

from django.urls import reverse

from consultation import actions

#: Words that must stay words.
PIEGE = "<script>alert('x')</script> نص 🌱"


def ouvrir(espace, par=None):
    return actions.ouvrir_synthese(consultation=espace.consultation, titre="Synthèse", par=par, espace=espace)


def agir(client, synthese, acte, objet=None, **saisie):
    arguments = [synthese.pk, acte] + ([objet.pk] if objet else [])
    return client.post(reverse("agir_synthese", args=arguments), saisie)


def agir_piste(client, piste, acte, **saisie):
    return client.post(reverse("agir_piste", args=[piste.espace_id, piste.pk, acte]), saisie)
