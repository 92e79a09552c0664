"""The container of old Office files (.xls, .doc) and of encrypted new ones: its streams, safely.

Every chain of sectors is followed at most once around the file, so a container that points in circles ends
with an error instead of filling the memory.
"""

from __future__ import annotations

import struct

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # this and above are no sector numbers
_ENTRY_BYTES = 128
_HEADER_BYTES = 512


class BrokenContainerError(Exception):
    """The container's own tables are damaged."""


class CompoundFile:
    """Streams by name. Raises BrokenContainerError where the tables lead nowhere."""

    def __init__(self, content: bytes) -> None:
        if not content.startswith(SIGNATURE) or len(content) < _HEADER_BYTES:
            raise BrokenContainerError("no compound file")
        self._content = content
        shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise BrokenContainerError("sector size")
        self._size = 1 << shift
        self._mini_size = 1 << mini_shift
        self._most = len(content) // self._size + 1
        (self._first_directory,) = struct.unpack_from("<I", content, 48)
        self._cutoff, first_mini, _, first_difat, difats = struct.unpack_from("<5I", content, 56)
        self._table = self._allocation(first_difat, difats)
        self._entries = self._directory()
        self._mini_table = _numbers(self._chain(first_mini))
        self._mini: bytes | None = None

    @property
    def names(self) -> frozenset[str]:
        """The names of all streams and storages."""
        return frozenset(self._entries)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream. Raises KeyError when there is none."""
        start, size = self._entries[name]
        if size >= self._cutoff:
            return self._chain(start)[:size]
        if self._mini is None:
            root_start, root_size = self._root
            self._mini = self._chain(root_start)[:root_size]
        pieces: list[bytes] = []
        for _ in range(size // self._mini_size + 1):
            if start >= _END or start >= len(self._mini_table):
                break
            pieces.append(self._mini[start * self._mini_size : (start + 1) * self._mini_size])
            start = self._mini_table[start]
        return b"".join(pieces)[:size]

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        return self._content[at : at + self._size]

    def _allocation(self, first_difat: int, difats: int) -> tuple[int, ...]:
        sectors = [number for number in struct.unpack_from("<109I", self._content, 76) if number < _END]
        number = first_difat
        for _ in range(min(difats, self._most)):
            if number >= _END:
                break
            numbers = _numbers(self._sector(number))
            if not numbers:
                raise BrokenContainerError("allocation table")
            sectors.extend(sector for sector in numbers[:-1] if sector < _END)
            number = numbers[-1]
        if len(sectors) > self._most:
            raise BrokenContainerError("allocation table")
        return _numbers(b"".join(self._sector(sector) for sector in sectors))

    def _chain(self, start: int) -> bytes:
        pieces: list[bytes] = []
        while start < _END:
            if start >= len(self._table) or len(pieces) > self._most:
                raise BrokenContainerError("chain of sectors")
            pieces.append(self._sector(start))
            start = self._table[start]
        return b"".join(pieces)

    def _directory(self) -> dict[str, tuple[int, int]]:
        directory = self._chain(self._first_directory)
        found: dict[str, tuple[int, int]] = {}
        self._root = (_END, 0)
        for at in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<II", directory, at + 116)
            if kind == 5:
                self._root = (start, size)
            elif kind in (1, 2) and 2 <= length <= 64:
                name = directory[at : at + length - 2].decode("utf-16-le", errors="replace")
                found.setdefault(name, (start, size))
        return found


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])
