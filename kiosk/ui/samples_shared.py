"""What the sample pages of one invented application have in common."""

from __future__ import annotations

from kiosk.journeys.pages import Eyebrow

NUMBER = "KBL-7F3K9-X"
AKTA = Eyebrow("baby-carriage", "Akta kelahiran")
KK = Eyebrow("users-group", "Kartu keluarga")
# a sheet's corners as fractions of the camera's picture, clockwise from top left
CORNERS = ((0.235, 0.047), (0.776, 0.03), (0.8, 0.96), (0.25, 0.97))
