"""The clerks' pages."""

from django.urls import path

from central.office.views import application, deciding, history, kiosks, login, queue, tickets

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("masuk", login.log_in, name="login"),
    path("keluar", login.log_out, name="logout"),
    path("permohonan/<uuid:pk>", application.application, name="application"),
    path("permohonan/<uuid:pk>/riwayat", history.application_history, name="history"),
    path("permohonan/<uuid:pk>/berkas/<int:index>", application.scan, name="scan"),
    path("dokumen/<str:key>/pdf", application.sent_pdf, name="sent_pdf"),
    path("dokumen/<str:key>/setujui", deciding.approve, name="approve"),
    path("dokumen/<str:key>/kembalikan", deciding.give_back, name="give_back"),
    path("dokumen/<str:key>/tolak", deciding.reject, name="reject"),
    path("dokumen/<str:key>/kirim", deciding.send, name="send"),
    path("dokumen/<str:key>/spesimen", deciding.specimen, name="specimen"),
    path("dokumen/<str:key>/status", deciding.withdraw, name="withdraw"),
    path("dokumen/<str:key>/panggil", deciding.call_to_office, name="call_to_office"),
    path("tiket/<uuid:act>", tickets.decide, name="decide_ticket"),
    path("kios", kiosks.kiosks, name="kiosks"),
    path("kios/slip", kiosks.slip, name="slip"),
    path("kios/<str:pk>/cabut", kiosks.revoke, name="revoke"),
    path("riwayat", history.audit, name="audit"),
]
