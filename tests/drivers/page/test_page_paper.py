"""What cannot be printed is refused before the printer hears of it."""

from __future__ import annotations

import io
import socket

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from drivers.page import paper
from drivers.page.printer import Printer
from drivers.roles import JobNotTaken, NotPrintable, name_of
from tests.drivers.sheets import pdf

A4, LYING, A4_FROM_BELOW = "0 0 595.28 841.89", "0 0 841.89 595.28", "0 -100 595.28 741.89"


def made(sizes: list[str], extra: bytes = b"") -> bytes:
    """A PDF of empty pages with these MediaBoxes."""
    kids = b" ".join(b"%d 0 R" % (3 + page) for page in range(len(sizes)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(sizes)),
        *(b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] >>" % size.encode() for size in sizes),
    ]
    out, places = b"%PDF-1.4\n" + extra, list[int]()
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(out))
    )


def encrypted(user_password: str) -> bytes:
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(made([A4]))))
    writer.encrypt("rahasia", user_password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


BAD = {
    "nothing": (b"", "not-a-pdf"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(2000), "not-a-pdf"),
    "a beginning": (b"%PDF-1.4\n", "not-a-pdf"),
    "half of one": (pdf(2)[:200], "not-a-pdf"),
    "no pages": (made([]), "not-a-pdf"),
    "a password": (encrypted("rahasia"), "encrypted"),
    "an empty password": (encrypted(""), "encrypted"),
    "Letter": (made(["0 0 612 792"]), "not-a4"),
    "Letter behind A4": (made([A4, "0 0 612 792"]), "not-a4"),
    "2.1 mm too wide": (made(["0 0 601.23 841.89"]), "not-a4"),
    "a page of gigabytes": (made(["0 0 2000000000 2000000000"]), "not-a4"),
    "more pages than anybody waits for": (made([A4] * (paper.MOST_PAGES + 1)), "too-large"),
    "more bytes than there may be": (pdf() + bytes(paper.MOST_BYTES), "too-large"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_printed_does_not_reach_the_printer(case: str) -> None:
    data, why = BAD[case]
    with socket.create_server(("127.0.0.1", 0)) as server:
        printer = Printer(f"ipp://127.0.0.1:{server.getsockname()[1]}/ipp/print", timeout=0.3)
        answer = printer.submit(data, "Dokumen")
        assert answer == JobNotTaken(NotPrintable(why))
        assert isinstance(answer, JobNotTaken)
        assert name_of(answer.status) == "not_printable"
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize(
    "data",
    [pdf(), pdf(3), made([A4]), made([LYING]), made([A4, LYING]), made([A4_FROM_BELOW]), made(["0 0 600 837"])],
)
def test_a4_is_let_through(data: bytes) -> None:
    assert paper.refused(data) is None
