"""Code written for OpenAI's videos runs on a room by its address alone: the real client says so."""

import asyncio
import base64
from collections.abc import AsyncIterator

import openai
import pytest
from openai import AsyncOpenAI

from storage import clips
from storage.room import Room
from tests.pictures import a_picture
from tests.rooms import a_film, an_engine_renders


@pytest.fixture
async def client(address: str) -> AsyncIterator[AsyncOpenAI]:
    """The official client, with any key and our address."""
    async with AsyncOpenAI(base_url=f"{address}/v1", api_key="any", max_retries=0) as made:
        yield made


@pytest.fixture
async def engine(room: Room) -> AsyncIterator[None]:
    """Finishes whatever waits, while the test runs."""

    async def work() -> None:
        while True:
            if await an_engine_renders(room) is None:
                await asyncio.sleep(0.05)

    task = asyncio.create_task(work())
    yield
    task.cancel()


async def test_a_video_is_created_and_polled_until_it_is_there(
    client: AsyncOpenAI, engine: None
) -> None:
    video = await client.videos.create_and_poll(
        model="sora-2", prompt="a red fox", seconds="4", size="1280x720", poll_interval_ms=50
    )

    assert (video.status, video.progress, video.prompt) == ("completed", 100, "a red fox")
    assert str(video.size) == "160x96"
    content = await client.videos.download_content(video.id)
    assert content.read().startswith(a_film()[0][:64])


async def test_a_fresh_video_waits_with_what_was_asked_for(client: AsyncOpenAI) -> None:
    video = await client.videos.create(
        prompt="a red fox",
        size="720x1280",
        extra_body={"seed": 7, "num_frames": 72, "fps": 24, "guidance_scale": 3},
    )

    again = await client.videos.retrieve(video.id)
    assert again.status == "queued"
    assert again.seconds == "3"
    assert again.size == "720x1280"
    assert again.to_dict()["seed"] == 7


@pytest.mark.parametrize("variant", ["thumbnail", "spritesheet"])
async def test_pictures_of_a_video_can_be_had(
    client: AsyncOpenAI, room: Room, variant: str
) -> None:
    video = await client.videos.create(prompt="a red fox")
    await an_engine_renders(room)

    content = await client.videos.download_content(video.id, variant=variant)  # type: ignore[arg-type]

    assert content.read().startswith(b"\xff\xd8")


async def test_a_video_is_remixed_by_its_id(client: AsyncOpenAI, room: Room) -> None:
    first = await client.videos.create(prompt="a red fox")
    await an_engine_renders(room)

    remix = await client.videos.remix(first.id, prompt="make it night")

    assert remix.remixed_from_video_id == first.id
    assert remix.status == "queued"


async def test_a_video_is_edited_and_extended_by_its_own_file(
    client: AsyncOpenAI, room: Room
) -> None:
    first = await client.videos.create(prompt="a red fox")
    await an_engine_renders(room)
    film = (await client.videos.download_content(first.id)).read()

    edit = await client.videos.edit(prompt="make it night", video=("fox.mp4", film))
    longer = await client.videos.extend(prompt="it sits down", seconds="4", video=("fox.mp4", film))

    assert edit.remixed_from_video_id == first.id
    assert longer.status == "queued"


async def test_a_file_that_is_no_clip_of_the_room_is_refused(client: AsyncOpenAI) -> None:
    with pytest.raises(openai.BadRequestError, match="not a clip of this room"):
        await client.videos.edit(prompt="make it night", video=("other.mp4", b"other"))


async def test_a_list_goes_page_by_page_in_either_order(client: AsyncOpenAI) -> None:
    made = [(await client.videos.create(prompt=f"fox {n}")).id for n in range(5)]

    newest = [video.id async for video in await client.videos.list(limit=2)]
    oldest = [video.id async for video in await client.videos.list(limit=2, order="asc")]

    assert newest == made[::-1]
    assert oldest == made


async def test_a_deleted_video_is_gone(client: AsyncOpenAI) -> None:
    video = await client.videos.create(prompt="a red fox")

    gone = await client.videos.delete(video.id)

    assert gone.deleted
    with pytest.raises(openai.NotFoundError):
        await client.videos.retrieve(video.id)


async def test_the_same_idempotency_key_is_the_same_video(client: AsyncOpenAI) -> None:
    headers = {"Idempotency-Key": "once"}

    ids = {(await client.videos.create(prompt="a fox", extra_headers=headers)).id for _ in range(2)}

    assert len(ids) == 1


async def test_an_unfinished_video_cannot_be_downloaded(client: AsyncOpenAI) -> None:
    video = await client.videos.create(prompt="a red fox")

    with pytest.raises(openai.BadRequestError, match="not finished"):
        await client.videos.download_content(video.id)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"prompt": ""}, "Tell me what to film"),
        ({"prompt": "x" * 4000}, "4,000 characters"),
        ({"prompt": "a fox", "size": "big"}, "size"),
        ({"prompt": "a fox", "extra_body": {"num_frames": 0}}, "num_frames"),
        ({"prompt": "a fox", "input_reference": ("a.png", b"png")}, "as a picture"),
        ({"prompt": "", "input_reference": ("a.png", b"png")}, "Nice picture"),
        ({"prompt": "a fox", "extra_body": {"input_reference": "https://x/a.png"}}, "itself"),
        ({"prompt": "a fox", "extra_body": {"input_reference": "data:image/png;base64,*"}}, "open"),
    ],
)
async def test_what_can_not_be_made_is_refused_with_a_sentence(
    client: AsyncOpenAI, fields: dict[str, object], said: str
) -> None:
    with pytest.raises(openai.BadRequestError, match=said):
        await client.videos.create(**fields)  # type: ignore[arg-type]


async def test_a_reference_picture_starts_the_video(client: AsyncOpenAI, room: Room) -> None:
    sent = await client.videos.create(prompt="a fox", input_reference=("a.png", a_picture()))
    said = f"data:image/png;base64,{base64.b64encode(a_picture('PNG')).decode()}"
    also = await client.videos.create(
        prompt="a fox", extra_body={"input_reference": {"image_url": said}}
    )

    for video in (sent, also):
        clip = await clips.by_code(room.database.read, video.id.removeprefix("video_"))
        assert clip is not None
        assert clip.picture is not None
        assert room.media.path(clip.picture).exists()


async def test_characters_are_not_here_yet(client: AsyncOpenAI) -> None:
    with pytest.raises(openai.NotFoundError, match="cameos"):
        await client.videos.get_character("char_1")


async def test_too_many_at_once_is_a_rate_limit(client: AsyncOpenAI, room: Room) -> None:
    for _ in range(room.settings.limits.open_per_member):
        await client.videos.create(prompt="a fox")

    with pytest.raises(openai.RateLimitError, match="on the way"):
        await client.videos.create(prompt="a fox")
