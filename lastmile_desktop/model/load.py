"""What orders weigh and vehicles carry, as integers."""

from __future__ import annotations

from dataclasses import dataclass

#: The capacity dimensions in their fixed order; arrays of loads have one column for each.
LOAD_DIMENSIONS = ("quantity_milli", "weight_g", "volume_cm3")


@dataclass(frozen=True, slots=True)
class Load:
    """An amount of goods. Pieces are held in thousandths, so that half a pallet stays half a pallet."""

    quantity_milli: int = 0
    weight_g: int = 0
    volume_cm3: int = 0

    def __add__(self, other: Load) -> Load:
        return Load(
            self.quantity_milli + other.quantity_milli,
            self.weight_g + other.weight_g,
            self.volume_cm3 + other.volume_cm3,
        )

    def __sub__(self, other: Load) -> Load:
        return Load(
            self.quantity_milli - other.quantity_milli,
            self.weight_g - other.weight_g,
            self.volume_cm3 - other.volume_cm3,
        )

    @property
    def as_tuple(self) -> tuple[int, int, int]:
        """The amounts in the order of LOAD_DIMENSIONS."""
        return (self.quantity_milli, self.weight_g, self.volume_cm3)


@dataclass(frozen=True, slots=True)
class Capacity:
    """The most a vehicle can carry at any moment; None = no limit known in that dimension.

    Raises ValueError for a negative limit.
    """

    quantity_milli: int | None = None
    weight_g: int | None = None
    volume_cm3: int | None = None

    def __post_init__(self) -> None:
        if any(limit is not None and limit < 0 for limit in self.as_tuple):
            raise ValueError("a capacity cannot be negative")

    @property
    def as_tuple(self) -> tuple[int | None, int | None, int | None]:
        """The limits in the order of LOAD_DIMENSIONS."""
        return (self.quantity_milli, self.weight_g, self.volume_cm3)

    def holds(self, load: Load) -> bool:
        """True when every dimension of ``load`` is within its limit."""
        return all(
            limit is None or amount <= limit
            for limit, amount in zip(self.as_tuple, load.as_tuple, strict=True)
        )
