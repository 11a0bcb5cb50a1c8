"""A Discord of our own on loopback: see app.py for the server, people.py for what people do."""

from .app import FakeDiscord
from .calls import Call
from .forms import Modal
from .gateway import Intent
from .options import NotThere
from .people import Outcome, Person
from .things import Attachment, Channel, Guild, Message, Perm, User

__all__ = [
    "Attachment",
    "Call",
    "Channel",
    "FakeDiscord",
    "Guild",
    "Intent",
    "Message",
    "Modal",
    "NotThere",
    "Outcome",
    "Perm",
    "Person",
    "User",
]
