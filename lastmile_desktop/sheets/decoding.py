"""Bytes of a text file -> text, and the name of the encoding that was used."""

from __future__ import annotations

import codecs

from lastmile_desktop.sheets.refusal import RefusedFileError

_SAMPLE_BYTES = 200_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = "äöüÄÖÜßéèêëàâçñóúíáÉôîïûùåøæœ€ºª’–"
_CENTRAL = "ąćęłńśźżĄĆĘŁŃŚŹŻěščřžýůťďňŠČŘŽőűŐŰ€’–äöüÄÖÜßéóúíáÉô"


def decode(content: bytes, file_name: str, encoding: str = "") -> tuple[str, str]:
    """The text and its encoding ("utf-8", "utf-16", "cp1252"...).

    ``encoding`` is a person's choice, "" to find it out. Signs that the encoding does not know become
    U+FFFD. Raises RefusedFileError for an unknown encoding.
    """
    if encoding:
        return _as_told(content, file_name, encoding)
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return content.decode(codec, errors="replace"), codec.removesuffix("-sig")
    order = utf16_order(content[:4000])
    if order:
        return content.decode(order, errors="replace"), "utf-16"
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    damaged = content.decode("utf-8", errors="replace")
    broken = damaged.count("\ufffd")
    if sum(not sign.isascii() for sign in damaged[:_SAMPLE_BYTES]) > 4 * broken:
        return damaged, "utf-8"  # a few broken letters do not make all the others wrong
    return _from_a_code_page(content)


def utf16_order(sample: bytes) -> str:
    """The codec of UTF-16 without a mark ("" for other text): every second byte of western text is zero."""
    sample = sample[: len(sample) // 2 * 2]
    if len(sample) < 8:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.5 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.5 * half and odd < 0.1 * half else ""


def _as_told(content: bytes, file_name: str, encoding: str) -> tuple[str, str]:
    try:
        name = codecs.lookup(encoding).name
        if name == "utf-16" and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode(utf16_order(content[:4000]) or "utf-16-le", errors="replace"), encoding
        text = content.decode("utf-8-sig" if name == "utf-8" else name, errors="replace")
    except (LookupError, UnicodeError, ValueError) as error:
        raise RefusedFileError(
            f"“{file_name}” cannot be read as “{encoding}”: that is not a text encoding."
        ) from error
    if not isinstance(text, str):  # codecs such as rot13 or base64 give anything
        raise RefusedFileError(f"“{file_name}” cannot be read as “{encoding}”: that is not a text encoding.")
    return text.removeprefix("\ufeff"), encoding


def _from_a_code_page(content: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    candidates = ["cp1252", "cp1250", "iso8859_15", "cp850", "mac_roman", "cp1251", "cp1253", "cp1254"]
    best = from_bytes(content[:_SAMPLE_BYTES], cp_isolation=candidates).best()
    encoding = best.encoding if best is not None else "cp1252"
    if encoding in ("cp1250", "iso8859_15", "cp1254", "cp1252"):
        encoding = _central_or_western(content)
    try:
        return content.decode(encoding), encoding
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "cp1252"


def _central_or_western(content: bytes) -> str:
    """Short texts look alike in cp1252 and cp1250: the letters of Polish, Czech or Hungarian decide."""
    high = bytes(byte for byte in content[:_SAMPLE_BYTES] if byte >= 0x80)
    scores = {}
    for encoding, letters in (("cp1252", _WESTERN), ("cp1250", _CENTRAL)):
        text = high.decode(encoding, errors="replace")
        scores[encoding] = sum(sign in letters for sign in text) - sum(sign not in letters for sign in text)
    return "cp1250" if scores["cp1250"] > scores["cp1252"] else "cp1252"
