"""What an attacker does to a signed PDF. Every function takes honest bytes and gives the attack's."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

Writer = IncrementalPdfFileWriter


def increment(pdf: bytes, change: Callable[[Writer], None]) -> bytes:
    """A later revision."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _page(writer: Writer) -> generic.DictionaryObject:
    page = writer.root["/Pages"]["/Kids"][0]
    writer.mark_update(page.container_ref)
    return page


def _text(content: bytes) -> generic.StreamObject:
    return generic.StreamObject(stream_data=content)


def annotate(writer: Writer) -> None:
    """Paint over the page with an annotation."""
    square = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Square"),
            pdf_name("/Rect"): generic.ArrayObject(generic.NumberObject(n) for n in (50, 500, 500, 600)),
            pdf_name("/IC"): generic.ArrayObject(generic.NumberObject(1) for _ in range(3)),
        }
    )
    page = _page(writer)
    annotations = generic.ArrayObject(page.get("/Annots", ()))
    annotations.append(writer.add_object(square))
    page["/Annots"] = annotations
    writer.update_container(page)


def paint(writer: Writer) -> None:
    """Paint over the page with a further content stream."""
    writer.add_stream_to_page(0, writer.add_object(_text(b"\nQ q 0 g 100 300 300 300 re f Q\n")))


def paint_invisibly(writer: Writer) -> None:
    """A further content stream that shows nothing: still not what was signed."""
    writer.add_stream_to_page(0, writer.add_object(_text(b"\nq Q\n")))


def replace_content(writer: Writer) -> None:
    """Give the page another content stream altogether."""
    page = _page(writer)
    page["/Contents"] = writer.add_object(_text(b"q 0 g 100 300 300 300 re f Q"))


def shadow_replace(writer: Writer) -> None:
    """Redefine a font, as in the shadow attacks: the page object itself stays as it was signed."""
    page = writer.root["/Pages"]["/Kids"][0]
    fonts = page["/Resources"]["/Font"]
    fonts[sorted(fonts)[0]] = writer.add_object(
        generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Font"),
                pdf_name("/Subtype"): pdf_name("/Type1"),
                pdf_name("/BaseFont"): pdf_name("/ZapfDingbats"),
            }
        )
    )
    writer.update_container(fonts)


def swap_pages(writer: Writer) -> None:
    """Point the catalogue to another page tree."""
    page = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Page"),
            pdf_name("/MediaBox"): generic.ArrayObject(generic.FloatObject(n) for n in (0, 0, 595.2756, 841.8898)),
            pdf_name("/Contents"): writer.add_object(_text(b"0 g 10 10 200 200 re f")),
            pdf_name("/Resources"): generic.DictionaryObject(),
        }
    )
    tree = generic.DictionaryObject(
        {pdf_name("/Type"): pdf_name("/Pages"), pdf_name("/Count"): generic.NumberObject(1)}
    )
    reference = writer.add_object(tree)
    page["/Parent"] = reference
    tree["/Kids"] = generic.ArrayObject([writer.add_object(page)])
    writer.root["/Pages"] = reference
    writer.update_root()


def javascript_on_opening(writer: Writer) -> None:
    """Run a script when the file is opened."""
    writer.root["/OpenAction"] = writer.add_object(
        generic.DictionaryObject(
            {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): generic.TextStringObject("app.alert(1)")}
        )
    )
    writer.update_root()


def launch_on_opening(writer: Writer) -> None:
    """Start a program when the file is opened."""
    writer.root["/OpenAction"] = generic.DictionaryObject(
        {pdf_name("/S"): pdf_name("/Launch"), pdf_name("/F"): generic.TextStringObject("calc.exe")}
    )
    writer.update_root()


def act_on_page(writer: Writer) -> None:
    """Additional actions of the page."""
    page = _page(writer)
    page["/AA"] = generic.DictionaryObject(
        {pdf_name("/O"): generic.DictionaryObject({pdf_name("/S"): pdf_name("/JavaScript")})}
    )


def embed_file(writer: Writer) -> None:
    """Carry another file."""
    stream = writer.add_object(_text(b"MZ"))
    spec = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Filespec"),
            pdf_name("/F"): generic.TextStringObject("a.exe"),
            pdf_name("/EF"): generic.DictionaryObject({pdf_name("/F"): stream}),
        }
    )
    names = generic.ArrayObject([generic.TextStringObject("a"), writer.add_object(spec)])
    writer.root["/Names"] = generic.DictionaryObject(
        {pdf_name("/EmbeddedFiles"): generic.DictionaryObject({pdf_name("/Names"): names})}
    )
    writer.update_root()


def xfa_form(writer: Writer) -> None:
    """A second form in XML, which some readers draw instead of the page."""
    form = generic.DictionaryObject(
        {pdf_name("/Fields"): generic.ArrayObject(), pdf_name("/XFA"): writer.add_object(_text(b"<xdp/>"))}
    )
    writer.root["/AcroForm"] = form
    writer.update_root()


def layers(writer: Writer) -> None:
    """Optional content: what is seen depends on the reader."""
    group = writer.add_object(
        generic.DictionaryObject(
            {pdf_name("/Type"): pdf_name("/OCG"), pdf_name("/Name"): generic.TextStringObject("a")}
        )
    )
    writer.root["/OCProperties"] = generic.DictionaryObject(
        {pdf_name("/OCGs"): generic.ArrayObject([group]), pdf_name("/D"): generic.DictionaryObject()}
    )
    writer.update_root()


def external_stream(writer: Writer) -> None:
    """A stream whose data lie in another file."""
    stream = _text(b"")
    stream["/F"] = generic.TextStringObject("//server/share/a")
    writer.root["/Extra"] = writer.add_object(stream)
    writer.update_root()


def byte_range(pdf: bytes, change: Callable[[list[int]], list[int]]) -> bytes:
    """Rewrite the first byte range in place, keeping its width."""
    found = re.search(rb"/ByteRange ?\[([0-9 ]+)\]( *)", pdf)
    assert found
    numbers = change([int(number) for number in found[1].split()])
    width = len(found[0]) - len(b"/ByteRange []")
    written = b"/ByteRange [" + b" ".join(str(number).encode() for number in numbers) + b"]"
    return pdf[: found.start()] + written.ljust(width + len(b"/ByteRange []")) + pdf[found.end() :]


def envelope(pdf: bytes, other: bytes) -> bytes:
    """Another PDF around the signed one: the signed bytes are all there, and somebody else's page is shown."""
    stream = b"\n9999 0 obj\n<< /Length %d >>\nstream\n" % len(pdf) + pdf + b"\nendstream\nendobj\n"
    end = other.rindex(b"startxref")
    return other[:end] + stream + other[end:]
