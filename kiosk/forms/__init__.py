"""Field types and their rules, independent of any screen: values in; Ok, Warn or Problem out."""

from kiosk.forms.dates import DAYS, MONTHS, day_of, say_date, say_time, say_weekday, time_of
from kiosk.forms.numbers import akta, birth_dates, digits, kk, mask, mask_nik, mask_phone, nik, phone, take_apart
from kiosk.forms.results import Ok, Problem, Result, Warn
from kiosk.forms.words import choice, name, number, text, tidy

__all__ = [
    "DAYS",
    "MONTHS",
    "Ok",
    "Problem",
    "Result",
    "Warn",
    "akta",
    "birth_dates",
    "choice",
    "day_of",
    "digits",
    "kk",
    "mask",
    "mask_nik",
    "mask_phone",
    "name",
    "nik",
    "number",
    "phone",
    "say_date",
    "say_time",
    "say_weekday",
    "take_apart",
    "text",
    "tidy",
    "time_of",
]
