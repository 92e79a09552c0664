"""Paper: its size, and the unit in which pages are laid out."""

from __future__ import annotations

from dataclasses import dataclass

#: Pages are laid out in hundredths of a millimetre, whatever the device's resolution is.
UNITS_PER_MM = 100
UNITS_PER_INCH = 2540
MARGIN = 10 * UNITS_PER_MM
#: A layout narrower than this would crush its columns; smaller paper gets the same page, scaled down.
_NARROWEST_MM = 200.0


@dataclass(frozen=True, slots=True)
class PageFormat:
    """A paper size in millimetres, in the orientation in which it is printed."""

    name: str
    width_mm: float
    height_mm: float

    @property
    def scale(self) -> float:
        """How much smaller than laid out the page comes out: 1 for A4 and Letter, 0.74 for A5."""
        return min(1.0, self.width_mm / _NARROWEST_MM)

    @property
    def width(self) -> float:
        """Width of the laid-out page in units."""
        return self.width_mm / self.scale * UNITS_PER_MM

    @property
    def height(self) -> float:
        """Height of the laid-out page in units."""
        return self.height_mm / self.scale * UNITS_PER_MM

    @property
    def margin(self) -> float:
        """White on every side, in units of the laid-out page: 10 mm on paper."""
        return MARGIN / self.scale


A4 = PageFormat("A4", 210.0, 297.0)
LETTER = PageFormat("Letter", 215.9, 279.4)
