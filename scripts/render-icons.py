#!/usr/bin/env python3
"""Draws icons/pillbox.svg at the sizes that the desktop program and its packages need.

Run it after a change of the drawing and commit what it writes. Needs rsvg-convert (package librsvg2-bin); the
containers are packed here, with nothing but the standard library.

PNG:  8-bit RGBA, as Tauri asks.
ICNS: type and length before each PNG (types by size: https://en.wikipedia.org/wiki/Apple_Icon_Image_format).
ICO:  only the layer of 256 px may be a PNG, the smaller ones are 32-bit bitmaps, bottom row first, with an empty mask.
"""

import struct
import subprocess
import zlib
from pathlib import Path

ICONS = Path(__file__).resolve().parent.parent / "icons"
PNGS = {"32x32.png": 32, "128x128.png": 128, "128x128@2x.png": 256, "icon.png": 512}
ICNS_TYPES = {b"ic11": 32, b"ic12": 64, b"ic07": 128, b"ic13": 256, b"ic08": 256, b"ic14": 512, b"ic09": 512, b"ic10": 1024}
ICO_SIZES = (32, 16, 24, 48, 64, 256)
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def draw(size: int) -> bytes:
    """The icon as the bytes of a PNG of `size` pixels, without chunks that change from run to run."""
    drawn = subprocess.run(
        ["rsvg-convert", "--width", str(size), "--height", str(size), str(ICONS / "pillbox.svg")],
        check=True,
        capture_output=True,
    ).stdout
    kept = [(kind, body) for kind, body in chunks(drawn) if kind in (b"IHDR", b"IDAT", b"IEND")]
    return PNG_SIGNATURE + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in kept
    )


def chunks(png: bytes):
    """The chunks of a PNG as pairs of kind and body."""
    at = len(PNG_SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def pixels(png: bytes) -> list[bytearray]:
    """The rows of an 8-bit RGBA PNG, each four bytes a pixel (the five filters of PNG, section 9.2)."""
    found = list(chunks(png))
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", found[0][1])
    if (depth, colour, interlaced) != (8, 6, 0):
        raise ValueError("the drawing is not 8-bit RGBA without interlace")
    raw = zlib.decompress(b"".join(body for kind, body in found if kind == b"IDAT"))
    rows, above = [], bytearray(width * 4)
    for y in range(height):
        start = y * (width * 4 + 1)
        kind, row = raw[start], bytearray(raw[start + 1 : start + 1 + width * 4])
        for i in range(len(row)):
            left = row[i - 4] if i >= 4 else 0
            corner = above[i - 4] if i >= 4 else 0
            row[i] = (row[i] + predicted(kind, left, above[i], corner)) & 0xFF
        rows.append(row)
        above = row
    return rows


def predicted(kind: int, left: int, up: int, corner: int) -> int:
    """What a PNG filter foretells for one byte from its neighbours."""
    if kind == 4:
        return min((left, up, corner), key=lambda near: abs(left + up - corner - near))
    return (0, left, up, (left + up) // 2)[kind]


def bitmap(png: bytes) -> bytes:
    """One layer of an ICO file as a 32-bit bitmap."""
    rows = pixels(png)
    size = len(rows)
    header = struct.pack("<IiiHHIIiiII", 40, size, size * 2, 1, 32, 0, 0, 0, 0, 0, 0)
    body = bytearray()
    for row in reversed(rows):
        for i in range(0, len(row), 4):
            red, green, blue, alpha = row[i : i + 4]
            body += bytes((blue, green, red, alpha))
    mask = bytes((size + 31) // 32 * 4 * size)
    return header + bytes(body) + mask


def ico() -> bytes:
    """All layers in one ICO file, the one of 32 px first, which is what Windows shows most."""
    layers = [(size, draw(size) if size == 256 else bitmap(draw(size))) for size in ICO_SIZES]
    directory, at = struct.pack("<HHH", 0, 1, len(layers)), 6 + 16 * len(layers)
    for size, layer in layers:
        directory += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(layer), at)
        at += len(layer)
    return directory + b"".join(layer for _, layer in layers)


def icns() -> bytes:
    """All sizes in one ICNS file."""
    drawn = {size: draw(size) for size in sorted(set(ICNS_TYPES.values()))}
    body = b"".join(kind + struct.pack(">I", len(drawn[size]) + 8) + drawn[size] for kind, size in ICNS_TYPES.items())
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def main() -> None:
    for name, size in PNGS.items():
        (ICONS / name).write_bytes(draw(size))
    (ICONS / "icon.ico").write_bytes(ico())
    (ICONS / "icon.icns").write_bytes(icns())


main()
