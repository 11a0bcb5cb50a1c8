"""Discord as the outbox and the progress messages use it.

A clip is an ordinary channel message with the delivery's nonce; where the bot may not write, it is
an edit of the interaction's own answer, which can be repeated. In doubt the channel's history is
searched first. It never decides what is posted.
"""

from pathlib import Path
from typing import Any, cast

import discord

from bots.discord import dress
from bots.discord.arrivals import Handle, direct, living
from bots.discord.errors import BAD_REPLY, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, translated
from bots.outlets import CannotPost, Later, Parcel
from storage.people import Platform
from storage.room import Room
from storage.spaces import Space

#: Discord: five edits in five seconds a channel; room is left for everything else.
EDIT_SECONDS = 2.0
#: Messages of ours and others' that are looked through for one that may have been made.
LOOK_BACK = 300
#: Seconds until a bot that is signing in is asked again.
SIGNING_IN = 1.0
_NOBODY = discord.AllowedMentions.none()


class DiscordOutlet:
    """Posts for the client that is signed in now."""

    platform = Platform.DISCORD

    def __init__(self, room: Room) -> None:
        self._room = room
        #: The signed-in client; None while there is none.
        self.client: discord.Client | None = None

    def pace(self, space: Space) -> float:
        """Seconds between two edits of progress in the space."""
        return EDIT_SECONDS

    async def post(self, parcel: Parcel) -> str:
        """Make the parcel's message and return its id; in doubt, return the one already made."""
        handle = living(parcel.handle)
        if handle and handle.alone:
            return await self._answer(parcel, handle)
        try:
            return await self._post_in_channel(parcel)
        except CannotPost:
            if handle is None:
                raise
        return await self._answer(parcel, handle)

    async def show_progress(self, parcel: Parcel) -> str:
        """Edit the message `parcel.progress`, or send the first one; returns its id."""
        handle = living(parcel.handle)
        if handle and (handle.alone or parcel.progress is None):
            found = parcel.progress or await self._own_answer(handle)
            if found:
                return await self._answer(parcel, handle, message=found)
        with translated():
            if parcel.progress is None:
                return await self._send(parcel)
            message = self._place(parcel.space).get_partial_message(int(parcel.progress))
            try:
                await message.edit(**_edit(parcel))
            except discord.NotFound as error:
                # Somebody deleted it: they don't want to watch. The clip comes all the same.
                if error.code != UNKNOWN_MESSAGE:
                    raise
        return parcel.progress

    async def find(self, space: Space, *, code: str, nonce: str, progress: str | None) -> list[str]:
        """What the channel's history holds of ours about the clip, told by nonce, file or buttons.

        An interaction's own answer is the progress message.
        """
        user, found = self._online().user, {progress} if progress else set()
        with translated():
            try:
                async for message in self._place(space).history(limit=LOOK_BACK):
                    ours = user is not None and message.author.id == user.id
                    if ours and (str(message.nonce) == nonce or dress.is_about(message, code)):
                        found.add(str(message.id))
            except (discord.Forbidden, discord.NotFound):
                # The history may not be read here, or the channel is gone with what it held.
                return sorted(found)
        return sorted(found)

    async def take_down(self, space: Space, message: str) -> None:
        """Remove a message of ours; one that is gone already is no error."""
        with translated():
            try:
                await self._place(space).get_partial_message(int(message)).delete()
            except discord.NotFound as error:
                if error.code not in (UNKNOWN_MESSAGE, UNKNOWN_CHANNEL):
                    raise

    async def private_space(self, account: str) -> Space | None:
        """The person's conversation with the bot, opened if new."""
        with translated():
            channel = await self._online().create_dm(discord.Object(int(account)))
        return await direct(self._room, channel.id)

    def _online(self) -> discord.Client:
        if self.client is None:
            raise Later(SIGNING_IN)
        return self.client

    def _place(self, space: Space) -> discord.PartialMessageable:
        return self._online().get_partial_messageable(int(space.address))

    async def _post_in_channel(self, parcel: Parcel) -> str:
        with translated():
            if parcel.doubt and (made := await self._made_before(parcel)):
                return made
            return await self._send(parcel)

    async def _send(self, parcel: Parcel) -> str:
        """A new message, as a reply where that can be."""
        try:
            sent = await self._place(parcel.space).send(**_new(parcel))
        except discord.HTTPException as error:
            if parcel.reply_to is None or error.code not in BAD_REPLY:
                raise
            sent = await self._place(parcel.space).send(**_new(parcel, as_reply=False))
        return str(sent.id)

    async def _made_before(self, parcel: Parcel) -> str | None:
        """Our message of this parcel, found in the channel's history.

        Nonces are told for a few minutes only, so the clip's file name and the words count too.
        """
        user = self._online().user
        since = parcel.progress or parcel.reply_to
        after = discord.Object(int(since)) if since else None
        text = _text(parcel, as_reply=True)
        try:
            async for message in self._place(parcel.space).history(
                limit=LOOK_BACK, after=after, oldest_first=False
            ):
                if (
                    user is None
                    or message.author.id != user.id
                    or str(message.id) == parcel.progress
                ):
                    continue
                named = parcel.video and any(
                    file.filename == parcel.video.name for file in message.attachments
                )
                said = not parcel.video and message.content == text
                if named or said or str(message.nonce) == parcel.nonce:
                    return str(message.id)
        except discord.Forbidden:
            # The history may not be read here: the nonce alone has to do.
            return None
        return None

    async def _answer(self, parcel: Parcel, handle: Handle, *, message: str | None = None) -> str:
        """Turn the interaction's own answer into the parcel: doing it again changes nothing."""
        found = message or parcel.progress or await self._own_answer(handle)
        if found is None:
            raise CannotPost("the interaction was never answered")
        with translated():
            await self._webhook(handle).edit_message(int(found), **_edit(parcel))
        return found

    async def _own_answer(self, handle: Handle) -> str | None:
        """The id of the message that answered the interaction, if one did."""
        with translated():
            try:
                # Discord: @original stands for the id of the first answer.
                original = cast(int, "@original")
                return str((await self._webhook(handle).fetch_message(original)).id)
            except discord.HTTPException as error:
                if error.status in (401, 404):
                    return None
                raise

    def _webhook(self, handle: Handle) -> discord.Webhook:
        return discord.Webhook.partial(handle.application, handle.token, client=self._online())


def _new(parcel: Parcel, *, as_reply: bool = True) -> dict[str, Any]:
    """What discord.py's `send` takes."""
    replies = as_reply and parcel.reply_to is not None
    made: dict[str, Any] = {
        "content": _text(parcel, as_reply=as_reply),
        "nonce": parcel.nonce,
        "allowed_mentions": _notified(parcel, replies=replies),
    }
    if parcel.buttons:
        made["view"] = _buttons(parcel)
    if file := _file(parcel):
        made["file"] = file
    if replies:
        made["reference"] = discord.MessageReference(
            message_id=int(parcel.reply_to or 0),
            channel_id=int(parcel.space.address),
            fail_if_not_exists=False,
        )
    return made


def _edit(parcel: Parcel) -> dict[str, Any]:
    """What discord.py's `edit` takes."""
    made: dict[str, Any] = {
        "content": dress.plain(parcel.text),
        "allowed_mentions": _NOBODY,
        "view": _buttons(parcel) if parcel.buttons else None,
    }
    if file := _file(parcel):
        made["attachments"] = [file]
    elif parcel.notify is not None:
        # Words in place of a clip: the preview goes.
        made["attachments"] = []
    return made


def _buttons(parcel: Parcel) -> discord.ui.View:
    return dress.under(parcel.code, parcel.buttons, parcel.language, cameo=parcel.cameo)


def _file(parcel: Parcel) -> discord.File | None:
    if parcel.video:
        return discord.File(parcel.video.path, filename=parcel.video.name)
    if parcel.preview and Path(parcel.preview).exists():
        return discord.File(parcel.preview, filename=f"{parcel.code}.jpg")
    return None


def _text(parcel: Parcel, *, as_reply: bool) -> str:
    """The words; the asker is named where no reply and no private place tells them."""
    text = dress.plain(parcel.text)
    if parcel.notify is None or parcel.space.private or (as_reply and parcel.reply_to):
        return text
    return f"{text}\n<@{parcel.notify}>"


def _notified(parcel: Parcel, *, replies: bool) -> discord.AllowedMentions:
    """Nobody but the asker, and they only by the post."""
    if parcel.notify is None:
        return _NOBODY
    return discord.AllowedMentions(
        everyone=False,
        roles=False,
        users=[discord.Object(int(parcel.notify))],
        replied_user=replies,
    )
