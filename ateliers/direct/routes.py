from django.urls import path

from .consumers import DirectConsumer

websocket_urlpatterns = [path("ws/a/<str:code>/", DirectConsumer.as_asgi())]
