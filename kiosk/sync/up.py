"""The first loop: revisions go up. Manifest and record first, then what the centre lacks, then its receipt."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from kiosk.formats import p256, shape
from kiosk.formats.manifest import OuterManifest, parse_outer
from kiosk.formats.receipts import verify_receipt
from kiosk.formats.shape import Malformed
from kiosk.store.applications import RECORD, file_name
from kiosk.store.store import Store
from kiosk.store.values import Lane, Leased, Revision, StoreFailure
from kiosk.sync import tus
from kiosk.sync.api import Answer, Api, NoAnswer
from kiosk.sync.backoff import Uniform, delay
from kiosk.sync.turns import IDLE, WORKED, Result, Turn, failed

#: How often the centre may say «still missing» after everything was sent.
ROUNDS = 3


class Up:
    """Delivers one leased revision a turn."""

    def __init__(
        self,
        api: Api,
        store: Store,
        key: p256.PrivateKey,
        server_keys: Callable[[], Mapping[str, p256.PublicKey]],
        random: Uniform,
    ) -> None:
        self._api = api
        self._store = store
        self._key = key
        self._server_keys = server_keys
        self._random = random
        self._size = tus.ChunkSize()

    def once(self) -> Result:
        """Lease, deliver, end the lease."""
        leased = self._store.lease(Lane.REVISION)
        if isinstance(leased, StoreFailure):
            return failed(f"store:{leased.why}")
        if leased is None:
            return IDLE
        try:
            outcome = self._deliver(leased)
        except BaseException:
            self._store.retry(leased, delay(leased.attempts + 1, self._random), "fault")
            raise
        return outcome

    def _deliver(self, leased: Leased) -> Result:
        revision = self._store.revision(leased.application, leased.revision)
        outer = parse_outer(revision.manifest) if revision else None
        if revision is None or not isinstance(outer, OuterManifest):
            self._store.quarantine(leased, "manifest_lost")
            return WORKED
        answer = self._announce(revision)
        if answer is None:  # the files are gone: perhaps the centre has them, and only its receipt was lost
            outcome = self._receipt(leased, revision, lost=True)
            return outcome if isinstance(outcome, Result) else self._later(leased, "no_receipt")
        settled = self._judge(leased, answer)
        if settled is not None:
            return settled
        missing = _hashes(answer) if isinstance(answer, Answer) else None
        for _ in range(ROUNDS):
            if missing is None:
                return self._later(leased, "answer")
            for sha256 in missing:
                stop = self._send_file(leased, outer, sha256)
                if stop is not None:
                    return stop
            outcome = self._receipt(leased, revision)
            if isinstance(outcome, Result):
                return outcome
            missing = outcome
        return self._later(leased, "still_missing")

    def _announce(self, revision: Revision) -> Answer | NoAnswer | None:
        signature = revision.signature
        if signature is None:
            signature = p256.sign(self._key, revision.manifest)
            self._store.set_signature(revision.application, revision.revision, signature)
        try:
            record = (revision.folder / RECORD).read_bytes()
        except OSError:
            return None
        data = {"manifest": _b64(revision.manifest), "signature": _b64(signature), "record": _b64(record)}
        return self._api.post_json("PUT", _path(revision), data)

    def _send_file(self, leased: Leased, outer: OuterManifest, sha256: str) -> Result | None:
        """None: the centre has it."""
        listed = next((file for file in outer.files if file.sha256 == sha256), None)
        path = self._file(leased, sha256, listed.index) if listed else None
        if listed is None or path is None:
            self._store.quarantine(leased, "file_lost" if listed else "file_unknown")
            return WORKED
        ended = tus.Uploader(self._api, self._store, self._size).send(leased, listed.index, sha256, path.read_bytes())
        if isinstance(ended, tus.Refused):
            return self._judge(leased, ended.answer) or self._later(leased, f"status {ended.answer.status}")
        if isinstance(ended, tus.Stopped):
            if ended.why in ("no_progress", "lease", "store") or ended.why.startswith("status"):
                return self._later(leased, ended.why)
            return self._no_answer(leased, ended.why)
        return None

    def _file(self, leased: Leased, sha256: str, index: int) -> Path | None:
        """The ciphertext, in this revision's folder or, kept unchanged, in an earlier one's."""
        for number in range(leased.revision, 0, -1):
            revision = self._store.revision(leased.application, number)
            path = revision.folder / file_name(index) if revision else None
            if path and path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
                return path
        return None

    def _receipt(self, leased: Leased, revision: Revision, lost: bool = False) -> Result | tuple[str, ...]:
        answer = self._api.call("GET", f"{_path(revision)}/receipt")
        if isinstance(answer, Answer) and answer.status == 404:
            if lost:
                self._store.quarantine(leased, "files_lost")
                return WORKED
            missing = _hashes(answer)
            return missing if missing else self._later(leased, "no_receipt")
        settled = self._judge(leased, answer)
        if settled is not None or not isinstance(answer, Answer):
            return settled or WORKED
        data = answer.json() or {}
        try:
            raw, signature = (base64.b64decode(str(data.get(name)), validate=True) for name in ("receipt", "signature"))
        except ValueError:
            return self._later(leased, "receipt")
        kid = str(data.get("kid"))
        key = self._server_keys().get(kid)
        receipt = verify_receipt(raw, signature, key) if key else Malformed("kid")
        if isinstance(receipt, Malformed):
            return self._later(leased, f"receipt:{receipt.why}")
        if (receipt.application, receipt.revision) != (revision.application, revision.revision):
            return self._later(leased, "receipt:other")
        kept = self._store.revision_acked(receipt, raw, signature, kid)
        return WORKED if kept is True else self._later(leased, "receipt:manifest")

    def _judge(self, leased: Leased, answer: Answer | NoAnswer) -> Result | None:
        """None for a success; else the lease is ended as the answer deserves."""
        if isinstance(answer, NoAnswer):
            return self._no_answer(leased, answer.why)
        if answer.status == 200:
            return None
        if answer.status == 401:  # not the item's fault: the centre does not know (or believe) this device
            return self._no_answer(leased, answer.problem or "401")
        if answer.refused_for_good:
            self._store.quarantine(leased, f"{answer.status} {answer.problem}".strip())
            return WORKED
        return self._later(leased, f"status {answer.status}")

    def _no_answer(self, leased: Leased, why: str) -> Result:
        self._store.retry(leased, 0.0, why, count=False)
        return failed(why)

    def _later(self, leased: Leased, why: str) -> Result:
        self._store.retry(leased, delay(leased.attempts + 1, self._random), why)
        return Result(Turn.WORKED, why)


def _path(revision: Revision) -> str:
    return f"/v1/applications/{revision.application}/revisions/{revision.revision}"


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _hashes(answer: Answer) -> tuple[str, ...] | None:
    data = answer.json() or {}
    missing = data.get("missing")
    return tuple(str(item) for item in missing) if shape.is_list(missing) else None
