"""Each page in its own file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token: the page was open too long, or the request came from elsewhere."""
    return render(request, "dinas/refused.html", status=403)
