"""What a file name claims to be. A fixed table: the system's ``mime.types`` differs from machine to machine, reports must not."""

from __future__ import annotations

_TABLE = """
application/epub+zip epub
application/gzip gz tgz
application/java-archive jar
application/json json
application/msword doc
application/pdf pdf
application/rtf rtf
application/vnd.android.package-archive apk
application/vnd.ms-excel xls
application/vnd.ms-outlook msg
application/vnd.ms-powerpoint ppt
application/vnd.oasis.opendocument.presentation odp
application/vnd.oasis.opendocument.spreadsheet ods
application/vnd.oasis.opendocument.text odt
application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
application/vnd.rar rar
application/vnd.sqlite3 sqlite sqlite3 db
application/vnd.tcpdump.pcap pcap pcapng
application/x-7z-compressed 7z
application/x-bzip2 bz2
application/x-msdownload exe dll
application/x-ndjson jsonl ndjson
application/x-tar tar
application/x-xz xz
application/warc warc
application/xml xml plist
application/zip zip wacz
audio/aac aac
audio/amr amr
audio/flac flac
audio/mp4 m4a
audio/mpeg mp3
audio/ogg ogg oga opus
audio/wav wav
image/avif avif
image/bmp bmp
image/gif gif
image/heic heic
image/heif heif
image/jp2 jp2
image/jpeg jpg jpeg jpe jfif
image/jxl jxl
image/png png
image/svg+xml svg
image/tiff tif tiff
image/vnd.adobe.photoshop psd
image/webp webp
message/rfc822 eml
text/calendar ics
text/css css
text/csv csv
text/html html htm
text/javascript js
text/markdown md
text/plain txt text log
text/tab-separated-values tsv
text/vcard vcf
application/mbox mbox
application/x-mimearchive mht mhtml
video/3gpp 3gp
video/mp4 mp4 m4v
video/mpeg mpg mpeg
video/quicktime mov
video/webm webm
video/x-matroska mkv
video/x-msvideo avi
"""
_BY_SUFFIX = {suffix: line.split()[0] for line in _TABLE.split("\n") if line for suffix in line.split()[1:]}
_SAME = (
    {"image/heic", "image/heif", "image/heic-sequence", "image/heif-sequence"},
    {"application/xml", "text/xml"},
    {"application/gzip", "application/x-gzip"},
    {"application/warc", "application/gzip"},  # .warc.gz
    {"application/vnd.sqlite3", "application/x-sqlite3"},
    {"application/rtf", "text/rtf"},
    {"application/vnd.rar", "application/x-rar"},
    {"application/x-bzip2", "application/x-bzip"},
    {"application/x-msdownload", "application/x-dosexec", "application/vnd.microsoft.portable-executable"},
    {"application/x-ndjson", "application/json", "text/plain"},
    {"image/bmp", "image/x-ms-bmp"},
    {"audio/wav", "audio/x-wav"},
    {"audio/mp4", "audio/x-m4a", "video/mp4"},
    {"audio/aac", "audio/x-hx-aac-adts"},
    {"audio/ogg", "application/ogg", "video/ogg"},
    {"video/mp4", "video/x-m4v", "video/quicktime", "video/3gpp"},
    {"video/webm", "video/x-matroska", "application/x-matroska"},
    {"message/rfc822", "application/mbox", "application/x-mimearchive", "multipart/related", "text/plain"},
    {"application/vnd.ms-outlook", "application/cdfv2", "application/x-ole-storage"},
    {"application/msword", "application/cdfv2", "application/x-ole-storage"},
    {"application/vnd.ms-excel", "application/cdfv2", "application/x-ole-storage"},
    {"application/vnd.ms-powerpoint", "application/cdfv2", "application/x-ole-storage"},
    {"application/vnd.tcpdump.pcap", "application/x-pcapng"},
)
_ZIPPED = (
    "application/vnd.openxmlformats-",
    "application/vnd.oasis.",
    "application/epub+zip",
    "application/java-archive",
    "application/vnd.android.",
)
_TEXT_KINDS = {
    "application/json",
    "application/x-ndjson",
    "application/xml",
    "text/xml",
    "message/rfc822",
    "application/mbox",
    "application/x-mimearchive",
    "image/svg+xml",
}


def claimed_type(name: str) -> str | None:
    """Return the media type the last suffix of `name` claims, or None when it claims none we know."""
    stem, dot, suffix = name.rpartition(".")
    return _BY_SUFFIX.get(suffix.strip().lower()) if dot and stem else None


def agree(found: str, claimed: str | None) -> bool:
    """
    Say whether content and name can both be right.

    No claim never disagrees. Text kinds agree with each other except HTML, which does something when it is opened; a plain zip agrees
    with formats that are zips inside.
    """
    if claimed is None or found == claimed:
        return True
    if any(found in group and claimed in group for group in _SAME):
        return True
    if found == "application/zip" and claimed.startswith(_ZIPPED):
        return True
    texts = (found.startswith("text/") or found in _TEXT_KINDS) and (claimed.startswith("text/") or claimed in _TEXT_KINDS)
    return texts and "text/html" not in (found, claimed) and "image/svg+xml" not in (found, claimed)
