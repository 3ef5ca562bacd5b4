"""What a person can do on a page. The screen sends these and nothing else.

Which page listens to which act (anything else is ignored there, and is never an error):

==================  ===================================================================================================
page                acts
==================  ===================================================================================================
Waiting             START, LISTEN, LANGUAGE (every touch starts)
Home                APPLY, TRACK, COLLECT, CHECK, SERVICES, SURVEY, COMPLAINT
PickEvent           PICK tile, BY_EVENT, BY_DOCUMENT, PREVIOUS_ROWS, NEXT_ROWS, BACK
Closed              BACK, HOME
ForWhom             PICK, NEXT, BACK
Package             TOGGLE service, NEXT, BACK
ServiceDetail       MORE (part 2), PRINT_REQUIREMENTS, NEXT (start), BACK
EnterNumber         TYPE digit, ERASE, CLEAR, NEXT, BACK, and of `ways`: USE_NIK, USE_KK, SCAN_CODE, DONT_KNOW, SKIP
Question            choice: PICK, PREVIOUS_ROWS, NEXT_ROWS. text, number, time: TYPE, ERASE, CLEAR.
                    date: TYPE digit (day and year), PICK 1…12 (month), EDIT day|month|year (go to that part), ERASE,
                    CLEAR. All: NEXT, BACK, DONT_KNOW where `dont_know` is not empty
Capture             SHOOT, USE_SCANNER, USE_CAMERA, NO_PAPER, BACK
CaptureReview       KEEP, AGAIN, ZOOM, BACK
NoPaper             PICK, NEXT, BACK
CheckAnswers        EDIT field, RETAKE slot, PREVIOUS_ROWS, NEXT_ROWS, DECLARE, PRIVACY, SEND, BACK
Notice              BACK, CLOSE
TicketOut           TICKET_OUT, TICKET_NOT_OUT, SHOW_TICKET where `may_show`
TicketOnScreen      CLOSE
Sent                ANOTHER, DONE
ScanTicket          TYPE_NUMBER, BACK
EnterTicketNumber   TYPE, ERASE, CLEAR, NEXT, SCAN_CODE, BACK
Track               PICK document, PRINT or REPAIR `now_document` (both do what `now_button` says), SCAN_OTHER, BACK
Timeline            PRINT, REPAIR, APPLY_AGAIN, PICK way, PRINT_REASON, BACK
Printing            none: nothing here can be hurried or stopped
PrintStopped        PRINT_AGAIN where `can_retry` and `ready`, SHEET_CAME where `may_show`, DONE (Selesai dulu)
PlaceSheet          SHOOT (read now), SKIP where `may_skip`, NOTHING_CAME where `may_deny`
ReadBack            RECEIVED where `may_receive`, LOOKS_BAD, AGAIN (read once more)
CheckPrompt         SHOOT (read the sheet under the camera now), BACK
VerdictPage         AGAIN (another paper), COMPLAINT, BACK
SurveyQuestion      PICK 1…4, NEXT, SKIP (this question), BACK, DONE (leave the survey)
SurveyAbout         PICK group=value, NEXT (send), SKIP (send without), BACK
Thanks              SURVEY, COMPLAINT, DONE
Charter             PREVIOUS_ROWS, NEXT_ROWS, BACK
Complaint           BACK
Sorry               AGAIN (where `retry`), BACK, DONE
==================  ===================================================================================================

Everywhere: HOME, LANGUAGE, TEXT_SIZE, CONTRAST, LESS_MOTION, LISTEN, DISPLAY, CALL_OPERATOR; over the page: CLOSE
(display sheet), STAY and LEAVE (idle), CANCEL_CALL and CLOSE (help sheet: go on alone, the bell keeps ringing until it
is answered or cancelled).
"""

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
    SHEET_CAME = "sheet_came"
    NOTHING_CAME = "nothing_came"
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
