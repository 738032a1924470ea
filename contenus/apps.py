from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ContenusConfig(AppConfig):
    name = "contenus"
    verbose_name = _("Contenus")

    def ready(self):
        from consultation.signaux import participant_efface, personnes_oubliees

        from . import contextes, courriers, echos, roles
        from .actions.suivi import oublier_les_adresses
        from .actions.tirages import oter_les_carnets, oublier_les_carnets
        from .views import fiches, impression, reponses

        post_migrate.connect(roles.apres_migration, sender=self, dispatch_uid="contenus.roles")
        personnes_oubliees.connect(oublier_les_adresses, dispatch_uid="contenus.oublier_les_adresses")
        personnes_oubliees.connect(oublier_les_carnets, dispatch_uid="contenus.oublier_les_carnets")
        participant_efface.connect(oter_les_carnets, dispatch_uid="contenus.oter_les_carnets")
        contextes.brancher()
        echos.brancher()
        courriers.brancher()
        fiches.brancher()
        impression.brancher()
        reponses.brancher()
