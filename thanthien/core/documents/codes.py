"""QR codes as SVG, for paper."""

import io

import segno


def qr(text: str) -> str:
    """A QR code (error correction M or better, four quiet modules) as an SVG of its own, black on white."""
    out = io.BytesIO()
    look = {"border": 4, "light": "white", "xmldecl": False, "svgclass": None, "lineclass": None}
    segno.make_qr(text, error="m").save(out, kind="svg", **look)
    return out.getvalue().decode()
