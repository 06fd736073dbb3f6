#!/usr/bin/env python3
"""Makes a small file of each format from texts: fuzz-seeds.py TEXTS OUT. Each begins with the byte by which the target
`document` picks the ending of the name (fuzz/src/documents.rs)."""

import gzip
import io
import sys
import tarfile
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

ENDINGS = ["txt", "csv", "tsv", "json", "jsonl", "xml", "html", "hl7", "rtf", "eml", "pdf", "docx", "xlsx", "odt", "zip", "gz"]


def archive(members):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members.items():
            out.writestr(zipfile.ZipInfo(name), content)
    return made.getvalue()


def tar(members):
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as out:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            out.addfile(info, io.BytesIO(content))
    return made.getvalue()


def docx(text):
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    lines = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.splitlines())
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return office(kind, "word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{lines}</w:body></w:document>')


def xlsx(text):
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cell = "<c t=\"inlineStr\"><is><t>{}</t></is></c>"
    rows = "".join(
        "<row>" + "".join(cell.format(escape(value)) for value in line.split(":")) + "</row>" for line in text.splitlines()
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    book = f'<workbook xmlns="{space}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'
    more = {
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>',
    }
    return office(kind, "xl/workbook.xml", book, more)


def office(kind, part, content, more=None):
    types = f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/{part}" ContentType="{kind}"/></Types>'
    relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r0" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{part}"/></Relationships>'
    return archive({"[Content_Types].xml": types, "_rels/.rels": relations, part: content, **(more or {})})


def odt(text):
    spaces = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.splitlines())
    content = f"<office:document-content {spaces}><office:body><office:text>{lines}</office:text></office:body></office:document-content>"
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def pdf(text):
    shown = "".join(f"({line}) Tj T*\n" for line in text.replace("\\", "").replace("(", "").replace(")", "").splitlines()[:20])
    stream = f"BT /F1 12 Tf 14 TL 50 780 Td\n{shown}ET".encode("latin-1", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (table, len(made))


def rtf(text):
    body = "".join(f"{line}\\par\n" for line in text.encode("ascii", "replace").decode().splitlines())
    return ("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\f0\\b " + body + "\\u233?\\'e9}").encode()


def email(text, attachment):
    head = "From: a@example.org\r\nTo: b@example.org\r\nSubject: =?utf-8?q?Scr=C3=ADpt?=\r\nMIME-Version: 1.0\r\n"
    kind = 'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    part = f"--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n"
    more = f'--b\r\nContent-Type: text/csv; name="a.csv"\r\nContent-Disposition: attachment; filename="a.csv"\r\n\r\n{attachment}\r\n--b--\r\n'
    return (head + kind + part + more).encode()


def main():
    texts, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    files = sorted(path for path in texts.iterdir() if path.is_file())
    plain = [path.read_text() for path in files if path.suffix == ".txt"]
    text, table = plain[0][:1500], next((path.read_text() for path in files if path.suffix == ".csv"), "a,b\n1,2\n")[:1500]
    made = {
        "html": f"<html><head><title>A</title></head><body><p>{escape(text)}</p></body></html>".encode(),
        "jsonl": b'{"dob":"03/07/1961"}\n{"nhs":["9990000018",{"a":null}]}\n',
        "rtf": rtf(text),
        "eml": email(text, table),
        "pdf": pdf(text),
        "docx": docx(text),
        "xlsx": xlsx(text),
        "odt": odt(text),
        "gz": gzip.compress(text.encode(), mtime=0),
        "zip": archive({"a.txt": text, "b/c.csv": table, "d.zip": archive({"e.txt": plain[1][:400]})}),
    }
    made = [(ending, content) for ending, content in made.items()]
    made += [("txt", tar({"a.txt": text.encode(), "b.json": b"[1]"})), ("txt", text.encode("utf-16"))]
    made += [("gz", gzip.compress(tar({"a.txt": text.encode()}), mtime=0)), ("txt", text.encode("cp437", "replace"))]
    made += [(path.suffix[1:], path.read_bytes()[:4000]) for path in files if path.suffix[1:] in ENDINGS]
    for number, (ending, content) in enumerate(made):
        (out / f"{number:03}.{ending}").write_bytes(bytes([ENDINGS.index(ending)]) + content)


main()
