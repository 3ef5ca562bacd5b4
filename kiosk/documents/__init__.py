"""Trust in documents: the PAdES profile, QR seals, status lists, verdicts."""

from kiosk.documents.answers import Codes, CodeVerdict, NoCodes, PdfVerdict, SheetMatch
from kiosk.documents.guard import check_pdf, codes_of
from kiosk.documents.rules import ANY_ISSUER, FOR_PRINTING, Profile
from kiosk.documents.sheet import compare_sheet
from kiosk.documents.trust import BadTrust, Clock, TrustStore, from_directory, from_json
from kiosk.documents.verdict import check_code

__all__ = [
    "ANY_ISSUER",
    "FOR_PRINTING",
    "BadTrust",
    "Clock",
    "CodeVerdict",
    "Codes",
    "NoCodes",
    "PdfVerdict",
    "Profile",
    "SheetMatch",
    "TrustStore",
    "check_code",
    "check_pdf",
    "codes_of",
    "compare_sheet",
    "from_directory",
    "from_json",
]
