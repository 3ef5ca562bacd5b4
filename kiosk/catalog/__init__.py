"""Service packs: what a regency offers, as signed data.

``load(directory)`` returns a Pack or a Refused with a clear list of problems; ``bundled("pinrang")`` finds a pack that
comes with the product.
"""

from kiosk.catalog.model import Pack, Service
from kiosk.catalog.site import Site

__all__ = ["Pack", "Service", "Site"]
