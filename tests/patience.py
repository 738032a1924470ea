"""How long a test waits for what must happen: long, since only what never happens costs it, and machines get busy.

A test never asserts that something came within so many seconds: a machine may stall for longer than that.
"""

import time

#: Seconds.
PATIENCE = 90


def attendre(condition, delai=PATIENCE):
    """Wait until `condition()` is true, and fail after `delai` seconds. Return what it gave."""
    limite = time.monotonic() + delai
    while not (trouve := condition()):
        assert time.monotonic() < limite, "This never happened."
        time.sleep(0.01)
    return trouve


def jusqu_a(page, condition):
    """Wait for a JavaScript condition: the page's policy forbids Playwright's own way, which evaluates text."""
    limite = time.monotonic() + PATIENCE
    while not page.evaluate(f"async () => {condition}"):
        assert time.monotonic() < limite, f"Never: {condition}"
        page.wait_for_timeout(50)
