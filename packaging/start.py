"""The frozen program's first file; the program itself is the package."""

import sys

from lastmile_desktop.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
