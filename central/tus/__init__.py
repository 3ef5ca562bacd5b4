"""A tus 1.0 server (https://tus.io/protocols/resumable-upload): core, creation, checksum, expiration, termination.

It knows nothing of kiosks: what may be uploaded and where a finished file goes is a `Policy`.
"""
