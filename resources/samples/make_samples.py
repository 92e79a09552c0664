"""Write the bundled sample day and the empty template as workbooks into a folder.

    python resources/samples/make_samples.py [FOLDER]

The workbooks are not kept in the repository: the program writes them itself when they are asked for
(``lastmile demo``), by the same code, always the same.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from lastmile_desktop.sheets.sample import write_sample_workbook, write_template_workbook


def main() -> None:
    """Write both workbooks and say where they are."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path.cwd()
    for name, write in (
        ("sample-day.xlsx", write_sample_workbook),
        ("order-template.xlsx", write_template_workbook),
    ):
        write(folder / name)
        sys.stdout.write(f"{folder / name}\n")


if __name__ == "__main__":
    main()
