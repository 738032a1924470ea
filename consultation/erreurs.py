"""What the house answers when it cannot do what was asked."""


class Refus(Exception):
    """An act that was not done, with a plain French sentence that says what to do.

    `code` is a stable word for machines and tests, `statut` the HTTP status (400 malformed, 403 not yours,
    404 unknown, 409 someone was faster or it is closed, 422 cannot be accepted as typed), `champ` the form field
    concerned, if any. Nothing has been written when it is raised.
    """

    def __init__(self, code, message, *, statut=422, champ=None):
        super().__init__(code)
        self.code, self.message, self.statut, self.champ = code, message, statut, champ
