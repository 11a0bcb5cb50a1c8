"""Gets a Chromium for the browser tests: the system's, its package as root, or Playwright's own.

Run by `make test`. Says plainly when the browser tests will be left out, and fails only where
REELROOM_NEED_BROWSER says that they may not be (.ci/run).
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The path of a Chromium that the tests can drive, or None."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def _install() -> None:
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run(
                ["apt-get", "-qq", *command],
                check=False,
                timeout=600,
                env=environment,
                stdout=subprocess.DEVNULL,
            )
    if find() is None:
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(command, check=False, timeout=600)


def main() -> int:
    """Get one; returns the exit status."""
    if find() is None:
        _install()
    if path := find():
        print(f"Browser tests run in {path}.")
        return 0
    print("NO CHROMIUM COULD BE HAD: THE BROWSER TESTS ARE LEFT OUT.", file=sys.stderr)
    return 1 if os.environ.get("REELROOM_NEED_BROWSER") == "1" else 0


if __name__ == "__main__":
    sys.exit(main())
