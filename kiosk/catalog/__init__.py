"""Service packs: what a regency offers, as signed data.

``load(directory)`` returns a Pack, or a Refused with every flaw by file and key; ``bundled("pinrang")`` is the folder
of a pack that comes with the product.
"""

from kiosk.catalog.decode import Flaw
from kiosk.catalog.lint import lint
from kiosk.catalog.load import Refused, bundled, load
from kiosk.catalog.model import Pack, Service
from kiosk.catalog.site import Site

__all__ = ["Flaw", "Pack", "Refused", "Service", "Site", "bundled", "lint", "load"]
