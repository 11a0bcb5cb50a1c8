"""What a stranger's file may cost, and how the process that decodes it is held to that.

The kernel keeps these limits, so that they hold whatever the file does to the decoders. They are
set after the networks are loaded and before the file is opened.
"""

import resource

#: Bytes of a film or a picture that is looked at: Telegram hands bots 20 MB, Discord up to 100.
MOST_BYTES = 100 * 1024 * 1024
#: Pixels of one frame or picture: 4096 × 2304 films, 36-megapixel photos.
MOST_FRAME_PIXELS = 4096 * 2304
MOST_PICTURE_PIXELS = 36_000_000
#: Frames that are decoded of one film, looked at or not: a minute at 60 a second.
MOST_FRAMES = 3600
#: Seconds of the clock and of the processor.
WALL_SECONDS = 60.0
CPU_SECONDS = 50
#: Bytes of address space: the libraries and networks take 0.6 GB of it, a 4K film 0.3 more.
MEMORY = 2 * 1024**3
#: Bytes of an answer: seven stills and a voice in base64 are about two million.
MOST_ANSWER = 16 * 1024 * 1024
#: Files open at once: the libraries' own and the one that is looked at.
_FILES = 64


def confine() -> None:
    """Hold this process to the limits from now on. It can't be undone."""
    for limit, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _FILES),
        # No new process or thread; root is exempt from this one.
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_AS, MEMORY),
    ):
        _, hard = resource.getrlimit(limit)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            # A second between them: the softer one says what it was, the harder one just kills.
            resource.setrlimit(limit, (most, most + 1 if limit == resource.RLIMIT_CPU else most))
        except ValueError:
            # macOS has no limit of address space: the others hold there, and the clock.
            if limit != resource.RLIMIT_AS:
                raise
