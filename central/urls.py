"""Where things are: /v1/ for kiosks, /dinas/ for clerks."""

from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import RedirectView

from central.api import uploads
from central.api.routes import api
from central.tus.views import TusView

_tus = csrf_exempt(TusView.as_view(store=uploads.store, policy=uploads.policy))

urlpatterns = [
    re_path(r"^v1/uploads/?$", _tus),
    path("v1/uploads/<str:upload>", _tus),
    path("v1/", api.urls),
    path("dinas/", include("central.office.urls")),
    path("", RedirectView.as_view(url="/dinas/")),
]
