"""What the room's handlers find on their application and their request."""

from aiohttp import web

from bots.studio.asker import Asker
from bots.studio.cameo.refused import Refused
from bots.studio.queue import QueueView
from storage.room import Room

ROOM = web.AppKey("room", Room)
#: Requests that want an owner's yes.
REFUSED = web.AppKey("refused", Refused)
VIEW = web.AppKey("view", QueueView)
#: On the request: the Asker who calls, and the language to answer in.
ASKER = web.RequestKey("asker", Asker)
LANGUAGE = web.RequestKey("language", str)
