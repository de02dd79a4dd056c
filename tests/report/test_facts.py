"""Which values of a file are worth a line on paper: those that tell where it comes from, each once, with whoever found it."""

from __future__ import annotations

from typing import Any

from sextortion_cli.report.facts import telling


def fact(name: str, value: str, reader: str | None = "r 1", note: str | None = None) -> dict[str, Any]:
    return {"exhibit": "A-001", "name": name, "value": value, "reader": reader, "note": note}


def test_readers_that_agree_share_a_line_and_those_that_differ_do_not() -> None:
    lines, others = telling(
        [
            fact("exif:Model", "Modell 7", "exifread 3"),
            fact("exif:Model", "Modell 7", "pillow 13"),
            fact("png:tEXt:Title", "Krav", "png-walk 1"),
            fact("png:text:Title", "Krav", "pillow 13"),
            fact("exif:Make", "A", "exifread 3"),
            fact("exif:Make", "B", "pillow 13"),
            fact("exif:Make", "exifread 3: A; pillow 13: B", None, "readers disagree"),
        ]
    )
    assert lines[0] == ("exif:Model", "Modell 7", ("exifread 3", "pillow 13"), None)
    assert lines[1] == ("png:text:Title", "Krav", ("png-walk 1", "pillow 13"), None)
    assert [(value, readers) for name, value, readers, _ in lines if name == "exif:Make"] == [
        ("A", ("exifread 3",)), ("B", ("pillow 13",)), ("exifread 3: A; pillow 13: B", ()),
    ]  # fmt: skip
    assert others == 0


def test_what_only_describes_the_pixels_is_counted_and_long_values_are_cut() -> None:
    lines, others = telling(
        [fact("exif:BitsPerSample", "8"), fact("media-type", "image/png"), fact("jpeg:COM", "x" * 5000), fact("gps:latitude", "1")]
    )
    assert [(name, len(value)) for name, value, _, _ in lines] == [("jpeg:COM", 301), ("gps:latitude", 1)]
    assert others == 2
    many, left = telling([fact("iptc:Keywords", str(number)) for number in range(100)])
    assert (len(many), left) == (40, 60)
