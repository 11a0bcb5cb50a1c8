"""A Bot API server on loopback that behaves as Telegram does, with people to drive it.

`async with FakeTelegram() as server:` starts it; `server.user(...)`, `server.group(...)` and the
deeds of people (`await ana.say(...)`) play the other side. It relies on aiohttp and Pillow, knows
nothing of the project, and sends nothing beyond 127.0.0.1.
"""

from .clock import Clock, Flood
from .errors import ApiError
from .faults import Fault
from .model import Button, Chat, ChatKind, Media, Membership, Message, Topic, Version
from .people import Person
from .places import Place
from .server import FakeTelegram, Request
from .shapes import Upload
from .world import CallbackAnswer

__all__ = [
    "ApiError",
    "Button",
    "CallbackAnswer",
    "Chat",
    "ChatKind",
    "Clock",
    "FakeTelegram",
    "Fault",
    "Flood",
    "Media",
    "Membership",
    "Message",
    "Person",
    "Place",
    "Request",
    "Topic",
    "Upload",
    "Version",
]
