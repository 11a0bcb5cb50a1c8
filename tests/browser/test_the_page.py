"""The page in a real Chromium: a prompt becomes a playing video, its remix, and their picture."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from storage import clips
from storage.room import Room
from tests.pictures import a_picture
from tests.rooms import a_film, an_engine_renders, offers_knowledge, until
from tests.signed import a_signed_film

pytestmark = pytest.mark.browser


async def _rendered(room: Room) -> str:
    clip = None
    async with asyncio.timeout(15):
        while clip is None:
            clip = await an_engine_renders(room)
            await asyncio.sleep(0.05)
    return clip.code


async def test_a_prompt_becomes_a_playing_clip_and_its_remix_stands_below_it_in_the_chain(
    page: Page, room: Room, tmp_path: Path
) -> None:
    await expect(page.locator("#empty")).to_be_visible()
    await page.keyboard.type("a red fox in the snow, 2s seed 4")
    await page.keyboard.press("Enter")
    await expect(page.locator(".card .standing")).to_contain_text("Next in line")

    first = await _rendered(room)
    video = page.locator(f"#clip-{first} video")
    await until(lambda: video.evaluate("video => video.currentTime > 0.1"))
    await page.locator(f"#clip-{first} [data-act=remix]").click()
    await page.keyboard.type("make it night")
    await page.locator(f"#clip-{first} .change .send").click()
    await expect(page.locator(".card")).to_have_count(2)
    second = await _rendered(room)
    await expect(page.locator(f"#clip-{second} .made")).to_contain_text(f"remixed {first}")

    await page.locator(f"#clip-{second} [data-act=chain]").click()
    await expect(page.locator("dialog .spot")).to_have_count(2)
    await expect(page.locator("dialog .branch")).to_have_count(1)
    await expect(page.locator("dialog .asked")).to_contain_text(second)
    await page.screenshot(path=tmp_path / "chain.png")
    await page.keyboard.press("Escape")

    overflow = "document.documentElement.scrollWidth <= innerWidth"
    assert await page.evaluate(overflow)


async def test_a_refusal_is_read_where_it_was_asked(page: Page) -> None:
    await page.keyboard.press("Enter")

    await expect(page.locator("#sentence")).to_contain_text("Tell me what to film")


async def test_a_picture_is_chosen_and_goes_along(page: Page, room: Room, tmp_path: Path) -> None:
    file = tmp_path / "fox.png"
    file.write_bytes(a_picture("PNG"))
    await page.locator("#picture").set_input_files(file)
    await expect(page.locator("#chosen img")).to_be_visible()
    await page.locator("#prompt").fill("it hops")
    await page.keyboard.press("Enter")
    # A process of its own looks for faces in it first.
    await expect(page.locator(".card")).to_have_count(1, timeout=30_000)
    await expect(page.locator("#chosen")).to_be_hidden()

    clip = await clips.by_code(room.database.read, await _rendered(room))
    assert clip is not None
    assert clip.picture is not None


async def test_help_opens_over_the_page(page: Page, room: Room) -> None:
    await offers_knowledge(room)
    await page.keyboard.type("/help")
    await page.keyboard.press("Enter")

    await expect(page.locator("dialog .help")).to_contain_text("Who and what: cat, dog")
    drawn = page.locator("dialog .help img")
    await until(lambda: drawn.evaluate("image => image.naturalWidth > 0"))
    await expect(page.locator(".card")).to_have_count(0)


async def test_a_waiting_clip_is_called_off(page: Page) -> None:
    await page.keyboard.type("a red fox")
    await page.keyboard.press("Enter")
    await page.locator("[data-act=cancel]").click()

    await expect(page.locator(".card .standing")).to_contain_text("was called off")


async def test_a_deleted_clip_leaves_the_page(page: Page, room: Room) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    await page.keyboard.type("a red fox")
    await page.keyboard.press("Enter")
    await expect(page.locator(".card")).to_have_count(1)
    await _rendered(room)

    await page.locator("[data-act=delete]").click()

    await expect(page.locator(".card")).to_have_count(0)


async def test_a_file_is_looked_at_and_its_chain_leads_to_the_clips(
    page: Page, room: Room, tmp_path: Path
) -> None:
    await page.keyboard.type("a red fox")
    await page.keyboard.press("Enter")
    first = await clips.by_code(room.database.read, await _rendered(room))
    await page.locator("[data-act=remix]").click()
    await page.keyboard.type("make it night")
    await page.locator(".change .send").click()
    second = await clips.by_code(room.database.read, await _rendered(room))
    assert first
    assert second
    before = a_signed_film(room, first, tmp_path / "first.mp4")
    film = a_signed_film(room, second, tmp_path / "second.mp4", parent=(first, before))

    await page.locator("#verify").click()
    await page.screenshot(path=tmp_path / "zone.png")
    await page.locator("dialog .drop input").set_input_files(film)

    await expect(page.locator(".verdict.known")).to_contain_text(f"This is {second.code}")
    await expect(page.locator(".steps a")).to_have_count(2)
    await page.screenshot(path=tmp_path / "ours.png")

    # The zone is still there, for the next file: a changed one.
    film.write_bytes(film.read_bytes()[:-1] + b"!")
    await page.locator("dialog .drop input").set_input_files(film)
    await expect(page.locator(".verdict")).to_have_count(1)
    await expect(page.locator(".verdict.broken")).to_contain_text("Don't trust this file")
    await page.screenshot(path=tmp_path / "broken.png")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_a_film_dropped_on_the_page_is_looked_at(page: Page) -> None:
    content = list(a_film()[0][:2000])
    drop = """content => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(content)], "a.mp4", { type: "video/mp4" }));
      document.querySelector("main").dispatchEvent(
        new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }"""

    await page.evaluate(drop, content)

    await expect(page.locator("dialog .verdict.none")).to_contain_text("no credentials")
