"""Parcels: from the room's rows to the whole message that an outlet posts or edits."""

from dataclasses import replace

from bots import buttons
from bots.outlets import Parcel, Video
from bots.studio.cameo import asking
from bots.studio.queue import Standing
from bots.words import cameo as cameo_words
from bots.words import tell
from storage import clips, jobs, media, people, spaces
from storage.approvals import Stage
from storage.clips import Clip
from storage.deliveries import About, Delivery
from storage.room import Room


async def for_delivery(room: Room, delivery: Delivery) -> Parcel | None:
    """The clip, a question about it, or the words owed instead. None if the clip is gone."""
    clip = await clips.get(room.database.read, delivery.clip_id)
    if delivery.error:
        return await _words(room, delivery, clip)
    if delivery.about is About.PROMPT:
        return None if clip.deleted_at else await _question(room, delivery, clip)
    if delivery.media is None or clip.poster is None:
        return None
    if delivery.about is About.DRAFT:
        asked = await _question(room, delivery, clip)
        return asked and replace(asked, video=_video(room, clip, delivery.media, clip.poster))
    return await _clip(room, delivery, clip, delivery.media, clip.poster)


async def for_progress(room: Room, delivery: Delivery, clip: Clip, job: Standing) -> Parcel:
    """What the member watches while the clip is made."""
    member = await people.get(room.database.read, delivery.member_id)
    space = await spaces.get(room.database.read, delivery.space_id)
    return Parcel(
        space=space,
        nonce=f"p{delivery.nonce}",
        text=tell.progress(member.language, clip, job),
        code=clip.code,
        buttons=buttons.UNDER_PROGRESS,
        language=member.language,
        reply_to=delivery.reply_to,
        handle=delivery.handle,
        progress=delivery.progress,
        # Nobody has agreed yet to what a half-made picture of them shows.
        preview=room.media.path(job.preview) if job.preview and not clip.plan.cast else None,
    )


async def bytes_of(room: Room, delivery: Delivery) -> int:
    """Size of the encoding that the delivery holds, else of what it may hold."""
    found = await media.find(room.database.read, delivery.media) if delivery.media else None
    return found.bytes if found else delivery.max_bytes


async def _clip(room: Room, delivery: Delivery, clip: Clip, encoding: str, poster: str) -> Parcel:
    read = room.database.read
    asker = await people.get(read, delivery.member_id)
    maker = await people.get(read, clip.member_id)
    space = await spaces.get(read, delivery.space_id)
    parent = await clips.get(read, clip.parent_id) if clip.parent_id is not None else None
    return Parcel(
        space=space,
        nonce=delivery.nonce,
        text=tell.caption(
            asker.language, clip, maker=maker.name, parent=parent.code if parent else None
        ),
        code=clip.code,
        buttons=buttons.UNDER_A_CLIP,
        language=asker.language,
        reply_to=delivery.reply_to,
        notify=await people.account_on(read, delivery.member_id, space.platform),
        handle=delivery.handle,
        progress=delivery.progress,
        video=_video(room, clip, encoding, poster),
    )


async def _question(room: Room, delivery: Delivery, clip: Clip) -> Parcel | None:
    """What the owner of a cameo is asked. None once nothing is asked any more."""
    read = room.database.read
    assert delivery.cameo_id is not None
    owner = await people.get(read, delivery.member_id)
    stage = Stage.DRAFT if delivery.about is About.DRAFT else Stage.PROMPT
    asked = await asking.of_stage(read, clip, delivery.cameo_id, stage)
    if asked is None:
        return None
    space = await spaces.get(read, delivery.space_id)
    is_draft = stage is Stage.DRAFT
    return Parcel(
        space=space,
        nonce=delivery.nonce,
        text=cameo_words.question(owner.language, asked),
        code=clip.code,
        buttons=buttons.UNDER_A_DRAFT if is_draft else buttons.UNDER_A_PROMPT,
        language=owner.language,
        cameo=delivery.cameo_id,
        notify=await people.account_on(read, owner.id, space.platform),
        progress=delivery.progress,
    )


def _video(room: Room, clip: Clip, encoding: str, poster: str) -> Video:
    return Video(
        path=room.media.path(encoding),
        name=f"{clip.code}.mp4",
        width=clip.width or 0,
        height=clip.height or 0,
        seconds=clip.seconds or clip.plan.seconds,
        poster=room.media.path(poster),
    )


async def _words(room: Room, delivery: Delivery, clip: Clip) -> Parcel:
    read = room.database.read
    asker = await people.get(read, delivery.member_id)
    space = await spaces.get(read, delivery.space_id)
    figures = (await jobs.of_clip(read, clip.id)).figures
    return Parcel(
        space=space,
        nonce=delivery.nonce,
        text=tell.failure(asker.language, clip, delivery.error or "", figures),
        code=clip.code,
        buttons=(),
        language=asker.language,
        reply_to=delivery.reply_to,
        notify=await people.account_on(read, delivery.member_id, space.platform),
        handle=delivery.handle,
        progress=delivery.progress,
    )
