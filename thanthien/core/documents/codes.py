"""QR codes as SVG, for paper."""

import io

import segno


def qr(text: str) -> str:
    """A QR code (error correction M or better, four quiet modules) as an SVG of its own, black on white."""
    out = io.BytesIO()
    segno.make_qr(text, error="m").save(out, kind="svg", border=4, light="white", svgclass=None, lineclass=None)
    return out.getvalue().decode()
