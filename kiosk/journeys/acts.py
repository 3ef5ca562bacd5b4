"""What a person can do on a page. The screen sends these and nothing else."""

from enum import StrEnum


class Act(StrEnum):
    """A named touch. Some carry a value: which tile, which character, which field."""

    # moving about
    START = "start"
    BACK = "back"
    NEXT = "next"
    HOME = "home"
    DONE = "done"
    PREVIOUS_ROWS = "previous_rows"
    NEXT_ROWS = "next_rows"
    SKIP = "skip"
    # home tiles
    APPLY = "apply"
    TRACK = "track"
    COLLECT = "collect"
    CHECK = "check"
    SERVICES = "services"
    SURVEY = "survey"
    COMPLAINT = "complaint"
    # answering
    PICK = "pick"  # value: option, tile, document row or service id
    TOGGLE = "toggle"  # value: package item or checkbox
    TYPE = "type"  # value: one character
    ERASE = "erase"
    CLEAR = "clear"
    BY_EVENT = "by_event"
    BY_DOCUMENT = "by_document"
    USE_NIK = "use_nik"
    USE_KK = "use_kk"
    SCAN_CODE = "scan_code"
    DONT_KNOW = "dont_know"
    EDIT = "edit"  # value: field name
    DECLARE = "declare"
    PRIVACY = "privacy"
    SEND = "send"
    MORE = "more"  # the second page of a service's detail
    PRINT_REQUIREMENTS = "print_requirements"
    # papers
    SHOOT = "shoot"
    USE_SCANNER = "use_scanner"
    USE_CAMERA = "use_camera"
    NO_PAPER = "no_paper"
    KEEP = "keep"
    AGAIN = "again"
    ZOOM = "zoom"
    RETAKE = "retake"  # value: slot
    # the ticket
    TICKET_OUT = "ticket_out"
    TICKET_NOT_OUT = "ticket_not_out"
    SHOW_TICKET = "show_ticket"
    ANOTHER = "another"
    TYPE_NUMBER = "type_number"
    SCAN_OTHER = "scan_other"
    # following and collecting
    PRINT = "print"  # value: document id
    PRINT_AGAIN = "print_again"
    LOOKS_BAD = "looks_bad"
    RECEIVED = "received"
    REPAIR = "repair"
    APPLY_AGAIN = "apply_again"
    PRINT_REASON = "print_reason"
    # every page
    CALL_OPERATOR = "call_operator"
    CANCEL_CALL = "cancel_call"
    STAY = "stay"
    LEAVE = "leave"
    DISPLAY = "display"
    CLOSE = "close"
    LANGUAGE = "language"  # value: id | bug | en
    TEXT_SIZE = "text_size"  # value: normal | large | largest
    CONTRAST = "contrast"
    LESS_MOTION = "less_motion"
    LISTEN = "listen"
