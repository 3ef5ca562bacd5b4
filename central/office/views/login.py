"""In and out."""

from __future__ import annotations

from django.contrib import auth
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from central.api import throttle
from central.registry.chain import append_audit

PER_ACCOUNT = 5
PER_ADDRESS = 20


@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Five wrong passwords for an account, or twenty from an address, close the door for a quarter of an hour."""
    if request.method == "GET":
        why = request.session.pop("why", "") if request.session.get("why") else ""
        return render(request, "dinas/login.html", {"form": AuthenticationForm(), "idle": why == "idle"})
    name, address = request.POST.get("username", "")[:150], request.META.get("REMOTE_ADDR", "")
    if throttle.blocked("account", name, PER_ACCOUNT) or throttle.blocked("address", address, PER_ADDRESS):
        return render(request, "dinas/login.html", {"form": AuthenticationForm(), "locked": True}, status=429)
    form = AuthenticationForm(request, data=request.POST)
    if not form.is_valid():
        throttle.failed("account", name)
        throttle.failed("address", address)
        return render(request, "dinas/login.html", {"form": form, "wrong": True, "name": name}, status=403)
    throttle.forget("account", name)
    auth.login(request, form.get_user())
    append_audit(name, "masuk")
    return HttpResponseRedirect(_next(request))


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    if request.user.is_authenticated:
        append_audit(request.user.get_username(), "keluar")
    auth.logout(request)
    return redirect("login")


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if inside and wanted.startswith("/dinas/") else "/dinas/"
