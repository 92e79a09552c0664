"""The kernel's random numbers in plain Python."""

from __future__ import annotations


class Random:
    """PCG32 (O'Neill 2014)."""

    def __init__(self, seed: int) -> None:
        self._state = 0
        self.draw()
        self._state = (self._state + seed) % 2**64
        self.draw()

    def draw(self) -> int:
        """32 random bits."""
        old = self._state
        self._state = (old * 6364136223846793005 + 1442695040888963407) % 2**64
        mixed, turn = (((old >> 18) ^ old) >> 27) % 2**32, old >> 59
        return ((mixed >> turn) | (mixed << ((32 - turn) & 31))) % 2**32

    def below(self, bound: int) -> int:
        """A whole number from 0 to ``bound`` - 1."""
        return self.draw() * bound >> 32

    def unit(self) -> float:
        """A number from 0 to 1."""
        return self.draw() * (1.0 / 4294967296.0)

    def minus_log(self) -> float:
        """-ln of a random number in (0, 1), by the kernel's own series."""
        odd = 2 * self.draw() + 1
        shift = odd.bit_length() - 1
        m = odd / (1 << shift)
        z = (m - 1.0) / (m + 1.0)
        square, term, total = z * z, z, 0.0
        for i in range(1, 20, 2):
            total = total + term / i
            term = term * square
        return (33 - shift) * 0.6931471805599453 - 2.0 * total
