"""A local time-stamping authority (RFC 3161) for training: answers in this process, with any key of the training CA."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false
from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime

from asn1crypto import algos, cms, core, tsp, x509
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute
from pyhanko.sign.timestamps import TimeStamper

from central.signing.certificates import Identity
from central.signing.signatures import raw_sign, signature_algorithm

#: A private policy: these stamps are for training only (arc 2.25, a UUID).
_POLICY = "2.25.231804559130276450917633512049873912345"


class TrainingTimeStamper(TimeStamper):
    """Stamps with the time given by `at`, or with this machine's clock."""

    def __init__(self, tsa: Identity, chain: tuple[bytes, ...], at: datetime | None = None) -> None:
        super().__init__()
        self._tsa = tsa
        self._chain = [x509.Certificate.load(der) for der in (tsa.der, *chain)]
        self._at = at

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Answer a request as a TSA would."""
        moment = (self._at or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
        info = tsp.TSTInfo(
            {
                "version": "v1",
                "policy": _POLICY,
                "message_imprint": req["message_imprint"],
                "serial_number": secrets.randbits(63),
                "gen_time": moment,
                "nonce": req["nonce"],
            }
        )
        content = info.dump()
        attributes = cms.CMSAttributes(
            [
                simple_cms_attribute("content_type", "tst_info"),
                simple_cms_attribute("signing_time", cms.Time({"utc_time": core.UTCTime(moment)})),
                simple_cms_attribute("signing_certificate_v2", as_signing_certificate_v2(self._chain[0])),
                simple_cms_attribute("message_digest", _sha256(content)),
            ]
        )
        signer = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier(
                    {
                        "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                            {"issuer": self._chain[0].issuer, "serial_number": self._chain[0].serial_number}
                        )
                    }
                ),
                "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
                "signature_algorithm": signature_algorithm(self._tsa.key),
                "signed_attrs": attributes,
                "signature": raw_sign(self._tsa.key, attributes.dump()),
            }
        )
        signed = cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
                "encap_content_info": {"content_type": "tst_info", "content": cms.ParsableOctetString(content)},
                "certificates": self._chain,
                "signer_infos": [signer],
            }
        )
        return tsp.TimeStampResp(
            {
                "status": tsp.PKIStatusInfo({"status": "granted"}),
                "time_stamp_token": cms.ContentInfo({"content_type": "signed_data", "content": signed}),
            }
        )


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
