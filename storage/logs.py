"""Logging for every process of a room: one line an event, to standard error, with its fields.

Prompts, tokens and people's names are never logged. Libraries that write addresses with tokens in
them at INFO (httpx does, for Telegram) are held to warnings.
"""

import logging
import os

_STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
#: Loggers that would write requests' addresses, or a line a heartbeat.
_QUIET = ("httpx", "httpcore", "discord", "telegram", "apscheduler", "aiohttp.access", "PIL")


class _Fields(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = {k: v for k, v in vars(record).items() if k not in _STANDARD}
        line = super().format(record)
        return f"{line} {' '.join(f'{k}={v}' for k, v in fields.items())}" if fields else line


def set_up(process: str) -> None:
    """Log this process's events under its name, at REELROOM_LOG (default INFO)."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Fields(f"%(asctime)s {process} %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(
        level=os.environ.get("REELROOM_LOG", "INFO").upper(), handlers=[handler], force=True
    )
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
