"""What the framework's own OpenAPI does not say: problem documents' media type, signatures, and the upload protocol."""

from __future__ import annotations

from typing import Any

from central.api.problems import MEDIA_TYPE

_PHRASES = {413: "Content Too Large", 416: "Range Not Satisfiable", 422: "Unprocessable Content"}
_TEXT = {"type": "string"}
_TUS = {"name": "Tus-Resumable", "in": "header", "required": True, "schema": {"const": "1.0.0"}}


def finish(schema: dict[str, Any]) -> dict[str, Any]:
    """The complete document."""
    for operations in schema["paths"].values():
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                # RFC 9110 renamed some phrases, and Python follows from 3.13 on: the contract must not depend on it
                answer["description"] = _PHRASES.get(int(status), answer["description"])
                if int(status) >= 400 and "application/json" in answer.get("content", {}):
                    answer["content"] = {MEDIA_TYPE: answer["content"].pop("application/json")}
    blob = schema["paths"]["/v1/blobs/{sha256}"]["get"]["responses"]
    for status in (200, 206):
        key = status if status in blob else str(status)
        blob[key]["content"] = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    schema["paths"] |= _uploads()
    schema["components"]["headers"] = {
        "Kiosk-Nonce": {"description": "For the next request; good once, ten minutes.", "schema": _TEXT},
        "Signature": {"description": "RFC 9421, label central, bound to the request.", "schema": _TEXT},
    }
    return schema


def _uploads() -> dict[str, Any]:
    def answers(**codes: str) -> dict[str, Any]:
        return {code.lstrip("_"): {"description": text} for code, text in codes.items()}

    def header(name: str, required: bool = True) -> dict[str, Any]:
        return {"name": name, "in": "header", "required": required, "schema": _TEXT}

    path = {"name": "upload", "in": "path", "required": True, "schema": _TEXT}
    about = "tus 1.0 (creation, checksum, expiration, termination); see https://tus.io/protocols/resumable-upload"
    octets = {"application/offset+octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    return {
        "/v1/uploads": {
            "post": {
                "operationId": "create_upload",
                "tags": ["up"],
                "summary": "Create Upload",
                "description": about + ". Upload-Metadata: application, revision, index, sha256. The same creation "
                "again answers the same Location and the offset reached.",
                "parameters": [_TUS, header("Upload-Length"), header("Upload-Metadata")],
                "responses": answers(
                    _201="Created, or there already",
                    _400="Bad header",
                    _401="Not signed",
                    _404="Not announced",
                    _409="Differs from the manifest",
                    _412="Wrong version",
                    _413="Too large",
                ),
            },
        },
        "/v1/uploads/{upload}": {
            "head": {
                "operationId": "upload_offset",
                "tags": ["up"],
                "summary": "Upload Offset",
                "description": about,
                "parameters": [path, _TUS],
                "responses": answers(_200="Upload-Offset", _401="Not signed", _404="Unknown", _410="Expired"),
            },
            "patch": {
                "operationId": "upload_bytes",
                "tags": ["up"],
                "summary": "Upload Bytes",
                "description": about,
                "parameters": [path, _TUS, header("Upload-Offset"), header("Upload-Checksum", required=False)],
                "requestBody": {"required": True, "content": octets},
                "responses": answers(
                    _204="Stored",
                    _400="Bad header",
                    _401="Not signed",
                    _404="Unknown",
                    _409="Other offset",
                    _410="Expired",
                    _413="Too long",
                    _415="Wrong type",
                    _460="Checksum mismatch: nothing was kept",
                ),
            },
            "delete": {
                "operationId": "drop_upload",
                "tags": ["up"],
                "summary": "Drop Upload",
                "description": about,
                "parameters": [path, _TUS],
                "responses": answers(_204="Dropped", _401="Not signed", _404="Unknown", _410="Expired"),
            },
        },
    }
