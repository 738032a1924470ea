from allauth.account.adapter import DefaultAccountAdapter


class AdaptateurComptes(DefaultAccountAdapter):
    """Accounts are given by an organiser: nobody signs up alone, participants never need an account."""

    def is_open_for_signup(self, request):
        return False
