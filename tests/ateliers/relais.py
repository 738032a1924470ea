"""The room's wifi, between a browser and the server: it can go, come back, fall silent, or refuse sockets."""

import contextlib
import socket
import threading


class Relais:
    """A TCP relay on a free port. `cible`: (host, port) of the server behind, which may change."""

    def __init__(self, cible):
        self.cible = cible
        self.coupe = self.muet = self.sans_sockets = False
        self._prises = set()
        self._ecoute = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._ecoute.getsockname()[1]}"
        threading.Thread(target=self._accepter, daemon=True).start()

    def couper(self):
        """No network: what is open breaks, nothing new passes."""
        self.coupe = True
        self._rompre()

    def se_taire(self):
        """The worst wifi: connections open and nothing ever comes back."""
        self.muet = True
        self._rompre()

    def retablir(self, cible=None):
        self.cible = cible or self.cible
        if self.muet:
            self._rompre()
        self.coupe = self.muet = False

    def fermer(self):
        self._ecoute.close()
        self._rompre()

    def _rompre(self):
        for prise in list(self._prises):
            with contextlib.suppress(OSError):
                prise.shutdown(socket.SHUT_RDWR)

    def _accepter(self):
        with contextlib.suppress(OSError):
            while True:
                prise, _adresse = self._ecoute.accept()
                threading.Thread(target=self._relayer, args=(prise,), daemon=True).start()

    def _relayer(self, prise):
        self._prises.add(prise)
        with contextlib.suppress(OSError), prise:
            if self.coupe:
                return
            debut = prise.recv(65536)
            if self.sans_sockets and b"upgrade: websocket" in debut.lower():
                return
            if self.muet:
                prise.recv(1)
                return
            with socket.create_connection(self.cible) as autre:
                self._prises.add(autre)
                autre.sendall(debut)
                retour = threading.Thread(target=self._verser, args=(autre, prise), daemon=True)
                retour.start()
                self._verser(prise, autre)
                retour.join()
                self._prises.discard(autre)
        self._prises.discard(prise)

    @staticmethod
    def _verser(source, but):
        with contextlib.suppress(OSError):
            while morceau := source.recv(65536):
                but.sendall(morceau)
        for prise in (source, but):
            with contextlib.suppress(OSError):
                prise.shutdown(socket.SHUT_RDWR)
