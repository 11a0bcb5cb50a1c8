"""Log lines that carry the job and the clip as fields. No prompt and no key is ever one of them."""

import logging

#: Fields that records of the engine may carry, in the order they are printed.
FIELDS = ("job", "clip", "delivery", "media", "seconds")


class Fields(logging.Formatter):
    """A line of words, then `name=value` for each field the record has."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line, without a traceback."""
        line = super().formatMessage(record)
        for name in FIELDS:
            value = getattr(record, name, None)
            if value is not None:
                line += f" {name}={value:.3g}" if isinstance(value, float) else f" {name}={value}"
        return line


def start() -> None:
    """Log to standard error from here on."""
    handler = logging.StreamHandler()
    handler.setFormatter(Fields("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
