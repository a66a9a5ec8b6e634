"""What somebody might send who means harm, or whose program is broken."""

import gzip
import io
import zipfile
from functools import cache
from random import Random

# A mark that must never be found unescaped in a page.
MARK = "<img src=x onerror=alert(7)>"

TEXTS = (
    "", " ", "\t\r\n", "' OR 1=1--", "'; DROP TABLE people_person; --", '" OR ""="', "1); select pg_sleep(30)--",
    "1 union select password from people_person", "%' or name like '%", "\\", "%", "_", "%s %(x)s {0} {x}", "${7*7}{{7*7}}",
    "{% debug %}", "a\x00b", "\x00", "\ud800", "\udfff\ud83d", "\uffff\ufffe", "\u202eesrever", "\u200b\u2060\ufeff",
    "Z\u0351\u036b\u0343a\u0369\u0322l\u0348\u0353g\u0321\u031eo\u0321" * 8, "𝒜𝓁𝑔", "مدرسة", "👩🏽‍🏫" * 9, "ı İ ß ﬁ", "\x1b[31mred\x07",
    MARK, f'"><script>{MARK}</script>', "javascript:alert(1)", "=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1",
    "../../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd", "file:///etc/passwd", "http://169.254.169.254/",
    "//evil.example/", "https://evil.example/", "/\\evil.example", "a\r\nSet-Cookie: stolen=1", "\r\n\r\n<html>",
    "NaN", "Infinity", "-Infinity", "1e309", "-0", "0x10", "1_000", "٣٤", "½", "0" * 400, "9" * 19, "9" * 40, "9" * 5000,
    "-9223372036854775809", "9223372036854775807", "9223372036854775808", "2147483648", "0", "-1", "0.1", "1,5",
    "0001-01-01", "9999-12-31", "2026-02-30", "2026-13-01", "0000-00-00", "-0001-01-01", "10000-01-01", "2026-07-01T25:61",
    "1/1/1", "99:99", "24:00", "23:59:60", "2026-03-08T02:30", "9999-12-31T23:59:59.999999+14:00", "0001-01-01T00:00-14:00",
    "2026-27", "1899-00", "9999-00", "2999-00", "0000-01", "2026-28", "year", "true", "false", "null", "None", "undefined",
    "on", "[]", "{}", "[[]]", '{"$gt": ""}', "__all__", "__class__", "constructor", "admin", "00000000-0000-0000-0000-000000000000",
    "{00000000-0000-4000-8000-000000000000}", "x" * 121, "x" * 5000, "é" * 300, "state", "csv", "xlsx", "D-O5", "d-o5", "A-L2", "Z-O99",
)  # fmt: skip
LONGEST = 1_000_000

METHODS = (
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PROPFIND",
    "get",
    "",
    "X" * 300,
)
CONTENT_TYPES = (
    "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=nonsense", "multipart/form-data", "multipart/form-data; boundary=",
    "multipart/form-data; boundary=" + "b" * 300, 'multipart/form-data; boundary="\xff"', "application/json",
    "application/json; charset=utf-7", "text/plain", "text/xml", "", "/", ";;;", "a/b/c", "application/json\x00",
)  # fmt: skip
# A length that isn't so never comes this far: the server refuses it (test_fuzz_wire.py).
HEADERS = (
    ("Accept-Language", "xx-YY-zz,q=9,;;,*,*"), ("Accept-Language", "en;q=nan, es;q=1e9"), ("Accept-Language", "a" * 5000),
    ("Accept-Language", "es-" + "x" * 600), ("Accept-Language", "\x00"), ("Range", "bytes=0-0,5-1,-9,999999999999-"),
    ("Range", "lines=1-"), ("If-Modified-Since", "yesterday"), ("If-Modified-Since", "Tue, 99 Foo 99999 99:99:99 GMT"),
    ("If-None-Match", '"' * 99), ("Host", "evil.example"), ("Host", "localhost:99999999"), ("Host", ""), ("Host", "[::1"),
    ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-For", "' or 1=1--"), ("X-Forwarded-Proto", "https"),
    ("X-Request-ID", "x" * 4000), ("X-Request-ID", "' or 1=1--"), ("Referer", "http://evil.example/\xff"), ("Origin", "null"),
    ("Origin", "http://evil.example"), ("HX-Request", "true"), ("HX-Current-URL", "http://[::1"), ("HX-Current-URL-URI-AutoEncoded", "true"),
    ("HX-Target", MARK), ("Accept", "application/json"), ("Accept", "\xff/*;q=a"), ("Authorization", "Basic !!!"),
    ("Authorization", "Bearer " + "x" * 3000), ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"),
    ("Content-Disposition", "attachment; filename*=x"), ("X-HTTP-Method-Override", "DELETE"), ("User-Agent", "\x00\x01"),
    ("Cookie", "sessionid=" + "a" * 9000), ("Cookie", 'a="\\777"; b=\x00; =; ;'), ("Cookie", "sessionid=' or 1=1--"),
    ("Cookie", "messages=W1siX19qc29uX21lc3NhZ2UiXV0:x:y"), ("Cookie", "django_language=../../etc"), ("Cookie", "csrftoken=\xff"),
)  # fmt: skip
PATHS = (
    "/%00", "/%ff%fe/", "/%c0%ae%c0%ae/etc/passwd", "//", "///evil.example/", "/./../", "/static/../../etc/passwd",
    "/static/%2e%2e/%2e%2e/etc/passwd", "/static/css/%00", "/.git/config", "/.env", "/admin/", "/" + "a/" * 2000, "/%E2%80%AE",
    "/schools/" + "9" * 5000 + "/", "/schools/-1/", "/schools/%D9%A3/", "/api/v1/" + "a" * 9000, "/;/?#", "/%0d%0aSet-Cookie:a=b", "*",
    "http://evil.example/", "/sign-in/?next=//evil.example/", "/language/",
)  # fmt: skip
QUERIES = (
    "%", "%zz=%zz", "=&=&&;", "a" * 9000, "page=-1", "page=0", "page=" + "9" * 5000, "page=last&page=first", "year=", "year=%00",
    "next=//evil.example/", "next=%0d%0a", "as_of=0001-01-01", "as_of=9999-12-31", "within=%D9%A3", "within=" + "9" * 5000, "within=-1",
    "&".join(f"a{n}=1" for n in range(1200)), "[]=1&a[b][c]=2", "%F0%28%8C%28=1", "q=" + "%25" * 300, "sort=-%27", "axis=__class__",
    "answer=MET", "format=xml", "map=%27", "drill=1", "kind=%27", "%ED%A0%80=%ED%A0%80",
)  # fmt: skip
FILE_NAMES = (
    "../../etc/passwd", "..\\..\\boot.ini", "a\r\nContent-Type: text/html", "x" * 300 + ".pdf", "", ".", "..", "/", "nul\x00.pdf",
    "con.pdf", "é\u202efdp.exe", "report.pdf", "report.PDF", "schools.csv", "schools.csv.gz", "schools.xlsx", "a.svg", "a.html",
    f"{MARK}.pdf", "'; drop table x;.csv", "\ud800.pdf", "photo.jpg",
)  # fmt: skip


@cache
def bombs() -> dict[str, bytes]:
    """Files that unpack to far more than they are. Each is made once."""
    nothing = b"0" * 30_000_000
    zipped, sheet = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as file:
        for number in range(4):
            file.writestr(f"{number}.txt", nothing)
    with zipfile.ZipFile(sheet, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            "[Content_Types].xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "' + "c" * 99 + '">]><a>&b;</a>'
        )
        file.writestr("xl/workbook.xml", nothing)
    return {"zip": zipped.getvalue(), "xlsx": sheet.getvalue(), "gz": gzip.compress(nothing, 9)}


def a_file(dice: Random) -> tuple[str, bytes, str]:
    """A name, a content and what it is said to be."""
    contents = (
        b"", b"%PDF-1.4 but no more", b"MZ\x90\x00", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, b"\xff\xd8\xff\xe0" + b"\x00" * 40,
        b"school_key,school_name,low_grade\nx1,,99\n", b"school_key\n" + b"\x00" * 99, b"\xff\xfe\x00s\x00c", b'"' * 9999,
        b"a,b\n" * 20_000, "school_key,school_name\n1,\u202e\n".encode("utf-16"), b"<svg onload=alert(7)/>", b"PK\x03\x04broken",
        b"\x1f\x8bbroken", *bombs().values(),
    )  # fmt: skip
    said = dice.choice(("application/pdf", "text/csv", "image/png", "", "text/html", "a/b\r\nX: y", "application/zip"))
    return dice.choice(FILE_NAMES), dice.choice(contents), said


def a_text(dice: Random) -> str:
    """A hostile text; now and then a very long one."""
    if dice.random() < 0.004:
        return dice.choice("x'%é<") * LONGEST
    return dice.choice(TEXTS)
