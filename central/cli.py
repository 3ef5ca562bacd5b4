"""`prodesaku-central`: start the back office, make enrolment codes, print its contract, and Django's own commands."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from central import place

CLERK = "dinas"
#: More than may wait in a long poll (`central.registry.bell.SEATS`), so that somebody always answers the clerk.
THREADS = 24
_MEGABYTE = 1 << 20


def main(argv: list[str] | None = None) -> int:
    """The command. 0 when it went well, 2 for a wrong call."""
    arguments = _parser().parse_args(argv)
    os.umask(0o077)
    directory = Path(arguments.dir or os.environ.get(place.ENVIRONMENT, "central-data"))
    if arguments.command == "serve":
        return _serve(directory, arguments)
    _start(directory)
    if arguments.command == "enrol-code":
        return _enrol_code(arguments.site)
    if arguments.command == "openapi":
        print(openapi_text(), end="")
        return 0
    from django.core.management import execute_from_command_line

    execute_from_command_line(["prodesaku-central manage", *arguments.rest])
    return 0


def openapi_text() -> str:
    """The committed contract, `central/openapi.json`, byte for byte."""
    from central.api.routes import schema

    return json.dumps(schema(), indent=1, ensure_ascii=False, sort_keys=True, default=str) + "\n"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="prodesaku-central", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="start the back office; makes its directory on the first start")
    serve.add_argument("--port", type=int, default=8000, help="0: any free port")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--public-url", default=None, help="the address that kiosks use when a proxy stands in front")
    serve.add_argument("--training", action="store_true", help="specimens instead of SIAK; never for real papers")
    serve.add_argument("--clerk-password", default=None, help=f"password of the clerk {CLERK!r}")
    serve.add_argument("--enrol", metavar="SITE", default=None, help="also print a one-time code for this village")
    code = commands.add_parser("enrol-code", help="a one-time code for a new kiosk, good for 30 minutes")
    code.add_argument("--site", required=True, metavar="CODE", help="73.15.06.2006")
    openapi = commands.add_parser("openapi", help="print the device API's OpenAPI document")
    manage = commands.add_parser("manage", help="Django's commands: createsuperuser, changepassword, …")
    manage.add_argument("rest", nargs=argparse.REMAINDER)
    for command in (serve, code, openapi, manage):
        command.add_argument("--dir", default=None, help=f"default: ${place.ENVIRONMENT} or ./central-data")
    return parser


def _start(directory: Path, **options: object) -> place.Place:
    here = place.create(directory)
    place.use(here)
    changed = {key: value for key, value in options.items() if value is not None}
    if changed:
        here.set_options(**changed)
    os.environ["DJANGO_SETTINGS_MODULE"] = "central.settings"
    import django

    django.setup()
    return here


def _serve(directory: Path, arguments: argparse.Namespace) -> int:
    training = True if arguments.training else None
    hosts = [arguments.host] if arguments.host not in ("127.0.0.1", "0.0.0.0", "::") else None  # noqa: S104
    _start(directory, training=training, public_url=arguments.public_url, allowed_hosts=hosts)
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    password = _clerk(arguments.clerk_password)
    from waitress.server import create_server

    from central import trust
    from central.wsgi import application

    trust.current_trust()
    server: Any = create_server(
        application,
        host=arguments.host,
        port=arguments.port,
        threads=THREADS,
        ident=None,
        # bodies and answers stay in memory: an opened paper or a clerk's PDF must not reach a temporary file
        inbuf_overflow=48 * _MEGABYTE,
        outbuf_overflow=48 * _MEGABYTE,
        max_request_body_size=40 * _MEGABYTE,
        channel_timeout=60,
    )
    url = arguments.public_url or f"http://{_host(arguments.host)}:{server.effective_port}"
    told: dict[str, object] = {"url": url, "clerk": CLERK, "password": password}
    if arguments.enrol:
        told["enrol_code"] = _new_code(arguments.enrol)
    signal.signal(signal.SIGTERM, _stop)
    try:
        print(json.dumps(told), flush=True)
        threading.Thread(target=_upkeep, daemon=True).start()
        server.run()
    except (KeyboardInterrupt, SystemExit):
        server.close()
    return 0


def _stop(signum: int, frame: object) -> None:
    """A polite end: no request is cut, none is waited for that only waits for news, the exit code is 0."""
    from central.registry import bell

    threading.Thread(target=bell.close).start()  # the thread that the signal interrupted must not wait for a lock
    sys.exit(0)


def _upkeep() -> None:
    """Hourly: fresh lists for the kiosks, old uploads and sessions away."""
    from django.core.management import call_command

    from central import trust
    from central.api.uploads import store

    pause = threading.Event()
    while not pause.wait(3600):
        trust.current_trust()
        store().sweep()
        call_command("clearsessions")


def _host(host: str) -> str:
    return f"[{host}]" if ":" in host else ("127.0.0.1" if host == "0.0.0.0" else host)  # noqa: S104


def _clerk(wanted: str | None) -> str | None:
    """The clerk's account. A new one gets a random password, which is told this once; None: unchanged."""
    from django.contrib.auth import get_user_model

    users = get_user_model().objects
    user = users.filter(username=CLERK).first()
    if user is not None and wanted is None:
        return None
    password = wanted or secrets.token_urlsafe(12)
    user = user or users.create_user(CLERK)
    user.set_password(password)
    user.save()
    return password


def _enrol_code(site: str) -> int:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    try:
        print(_new_code(site))
    except KeyError:
        print(f"no village has the code {site}", file=sys.stderr)
        return 2
    return 0


def _new_code(site: str) -> str:
    from central.enrolment import new_code

    return new_code(site, "konsol")


if __name__ == "__main__":
    sys.exit(main())
