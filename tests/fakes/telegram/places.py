"""Chats as tests handle them: a group gets topics, is migrated or deleted, throws the bot out."""

from dataclasses import dataclass, field
from typing import Any

from . import render
from .model import Chat, ChatKind, Media, Membership, Message, Topic, User
from .text import entities_in
from .world import TELEGRAM, World

Json = dict[str, Any]


@dataclass(eq=False, repr=False)
class Place(Chat):
    """A chat of one fake server."""

    world: World = field(kw_only=True)

    def topic(self, name: str) -> Topic:
        """Opens a topic; the first one turns a supergroup into a forum."""
        assert self.kind is ChatKind.SUPERGROUP, "only supergroups have topics"
        self.is_forum = True
        topic = Topic(self, len(self.everything) + 1, name)
        self.topics.append(topic)
        self.service(render.topic_created(topic), topic=topic)
        return topic

    def migrate(self) -> "Place":
        """The group becomes a supergroup with another id; the old one is closed to the bot."""
        assert self.kind is ChatKind.GROUP, "only groups migrate"
        new = open_chat(
            self.world, ChatKind.SUPERGROUP, self.title, members=self.members, admins=self.admins
        )
        self.service({"migrate_to_chat_id": new.id})
        self.migrated_to = new
        new.service({"migrate_from_chat_id": self.id})
        return new

    def delete(self) -> None:
        """The chat is deleted for everyone."""
        self.gone = True

    def kick_bot(self) -> None:
        """An admin removes the bot; it is told, and may not write any more."""
        if self.kind is not ChatKind.CHANNEL:
            self.service({"left_chat_member": render.user(self.bot)})
        self.set_bot_status(Membership.KICKED)

    def add_bot(self) -> None:
        """Someone adds the bot; it is told."""
        self.set_bot_status(Membership.MEMBER)
        if self.kind is not ChatKind.CHANNEL:
            self.service({"new_chat_members": [render.user(self.bot)]})

    def set_bot_status(self, status: Membership) -> None:
        """Promotes, demotes, adds or removes the bot, which hears of it."""
        old, self.bot_status = self.bot_status, status
        self.world.updates.add("my_chat_member", self._bot_change(old.value, status.value))

    def told_of_block(self, blocked: bool) -> None:
        """The update about a person who blocks the bot, or lets it write again."""
        old, new = ("member", "kicked") if blocked else ("kicked", "member")
        self.world.updates.add("my_chat_member", self._bot_change(old, new))

    def _bot_change(self, old: str, new: str) -> Json:
        return {
            "chat": render.chat(self),
            "from": render.user(self._someone()),
            "date": int(self.world.clock.now()),
            "old_chat_member": render.chat_member(self.bot, old, is_bot=True),
            "new_chat_member": render.chat_member(self.bot, new, is_bot=True),
        }

    def service(self, facts: Json, topic: Topic | None = None, by: User | None = None) -> Message:
        """A service message, by an admin or member."""
        who = by or self._someone()
        is_post = self.kind is ChatKind.CHANNEL
        message = Message(
            self,
            self.world.message_id(self),
            who,
            None if is_post else who,
            self.world.clock.now(),
            sender_chat=self if is_post else None,
            service=facts,
            topic=topic,
        )
        return self.world.add(message)

    async def post(self, text: str = "", *, media: Media | None = None) -> Message:
        """A channel's post, by an admin; its linked group gets it as an automatic forward."""
        assert self.kind is ChatKind.CHANNEL, "only channels post"
        message = self._post(self, self._someone(), None, text, media)
        message.sender_chat = self
        self.world.add(message)
        if self.discussion is not None:
            copy = self._post(self.discussion, TELEGRAM, TELEGRAM, text, media)
            copy.sender_chat = self
            copy.is_automatic_forward = True
            copy.forward_origin = render.origin(message, hidden=False)
            self.world.add(copy)
        return message

    def _post(
        self, where: Chat, by: User, sender: User | None, text: str, media: Media | None
    ) -> Message:
        now = self.world.clock.now()
        message = Message(where, self.world.message_id(where), by, sender, now)
        said, marked = text or None, entities_in(text)
        if media is None:
            message.text, message.entities = said, marked
        else:
            message.media = media if media.file_id else self.world.store(media)
            message.caption, message.caption_entities = said, marked
        return message

    def _someone(self) -> User:
        """Whoever does what the test leaves open."""
        return next(iter([*self.admins, *self.members]), TELEGRAM)


def open_chat(
    world: World,
    kind: ChatKind,
    title: str,
    *,
    person: User | None = None,
    members: list[User] | None = None,
    admins: list[User] | None = None,
) -> Place:
    """A new chat that the bot is in."""
    number = person.id if person is not None else world.chat_id(kind)
    place = Place(
        number,
        kind,
        title,
        world.bot,
        person=person,
        members=list(members or []),
        admins=list(admins or []),
        started=kind is not ChatKind.PRIVATE,
        world=world,
    )
    world.chats[place.id] = place
    return place
