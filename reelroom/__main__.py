"""`python -m reelroom` is `reelroom`."""

import sys

from reelroom.cli import main

if __name__ == "__main__":
    sys.exit(main())
