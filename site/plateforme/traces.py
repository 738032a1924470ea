import logging

_UTF8 = "Invalid UTF-8 sequence received from client."


class SansTraceDIntrus(logging.Filter):
    """Say in one line what a stranger sent wrong: a trace for each would hide the faults that are ours."""

    def filter(self, record):
        if record.name.startswith("django.security") or record.msg == _UTF8:
            record.exc_info = record.exc_text = None
        return True
