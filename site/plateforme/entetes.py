#: Nothing of the product needs these, so no page and nothing injected into one may ask for them.
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


def permissions_du_navigateur(get_response):
    """Middleware: tell browsers which of their powers the site never uses."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return middleware
