"""The cameo panel in a real Chromium: filmed by its camera, asked, seen, taken back, erased."""

import time
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bots.room.door import ADDRESS, MAX_BYTES
from storage import cameos, clips, spaces
from storage.cameos import Cameo
from storage.clips import Clip
from storage.people import Platform
from storage.room import Room
from tests.cameos import a_cameo, a_cast_request
from tests.rooms import a_member, an_engine_renders, until
from tests.watching import a_pet, sees, someone

pytestmark = pytest.mark.browser


async def _enrolled(page: Page, room: Room, shots: Path) -> Cameo:
    """Film oneself with the page's camera."""
    await page.locator("#cameo").click()
    await page.get_by_role("button", name="Film myself").click()
    await expect(page.locator(".panel-text")).to_contain_text("say these digits")
    await page.get_by_role("button", name="Turn the camera on").click()
    await page.get_by_role("button", name="Record").click()
    await expect(page.locator(".clock")).to_contain_text("1 s")
    await page.screenshot(path=shots / "filming.png")
    await page.get_by_role("button", name="Done").click()
    await page.locator("[name=handle]").fill("ana")
    await page.locator("[name=adult]").check()
    await page.get_by_role("button", name="Send my film").click()
    await expect(page.locator(".panel-text")).to_contain_text("Here you are: @ana")
    cameo = await cameos.by_handle(room.database.read, "ana")
    assert cameo
    return cameo


async def _asked_by_a_friend(room: Room, cameo: Cameo) -> Clip:
    bob = await a_member(room, "bob")
    async with room.database.transaction() as tx:
        space = await spaces.enter(
            tx, Platform.ROOM, ADDRESS, private=False, max_bytes=MAX_BYTES, now=0.0
        )
    accepted = await a_cast_request(room, bob, space, cameo, ask=True, now=time.time())
    return accepted.clip


async def test_a_cameo_is_filmed_asked_for_seen_and_taken_back(
    page: Page, room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sees(monkeypatch, someone())
    cameo = await _enrolled(page, room, tmp_path)
    await expect(page.locator(".still")).to_be_visible()
    await page.screenshot(path=tmp_path / "enrolled.png")
    clip = await _asked_by_a_friend(room, cameo)

    await page.get_by_role("button", name="‹ Back").click()
    await expect(page.locator(".panel-text")).to_contain_text("One question waits")
    await expect(page.locator("#cameo")).to_have_attribute("data-waiting", "1")
    await page.screenshot(path=tmp_path / "home.png")
    await page.get_by_role("button", name="Questions").click()
    await page.screenshot(path=tmp_path / "question.png")
    await page.get_by_role("button", name="Approve").click()
    await expect(page.locator(".panel-text")).to_contain_text("Nothing waits")
    await until(lambda: an_engine_renders(room))
    assert await page.locator(f"#clip-{clip.code} video").count() == 0

    await page.get_by_role("button", name="‹ Back").click()
    await page.get_by_role("button", name="Questions").click()
    draft = page.locator("video.draft")
    await until(lambda: draft.evaluate("video => video.readyState > 1"))
    await page.screenshot(path=tmp_path / "draft.png")
    await page.get_by_role("button", name="Approve").click()
    await expect(page.locator(".panel-text")).to_contain_text("Nothing waits")
    await expect(page.locator(f"#clip-{clip.code} video")).to_be_attached()

    await page.get_by_role("button", name="‹ Back").click()
    await page.get_by_role("button", name="Clips").click()
    await expect(page.locator(".uses li")).to_contain_text(f"{clip.code} · by bob")
    await until(lambda: page.locator(".uses img").evaluate("image => image.naturalWidth > 0"))
    await page.screenshot(path=tmp_path / "clips.png")
    await page.get_by_role("button", name=f"🗑 {clip.code}").click()
    await page.get_by_role("button", name="Yes, do it").click()
    await expect(page.locator(".panel-text")).to_contain_text("No clip holds @ana")
    await expect(page.locator(f"#clip-{clip.code}")).to_have_count(0)
    assert (await clips.get(room.database.read, clip.id)).deleted_at


async def test_a_pet_its_words_its_file_and_its_end(
    page: Page, room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sees(monkeypatch, a_pet())
    file = tmp_path / "rex.jpg"
    file.write_bytes(b"a photo")
    await page.locator("#cameo").click()
    await page.get_by_role("button", name="A pet or a thing").click()
    await page.locator("[name=film]").set_input_files(file)
    await page.locator("[name=handle]").fill("rex")
    await page.screenshot(path=tmp_path / "pet.png")
    await page.get_by_role("button", name="Make the cameo").click()
    await expect(page.locator(".panel-text")).to_contain_text("@rex")
    await page.get_by_role("button", name="‹ Back").click()
    await page.get_by_role("button", name="Always").click()
    await page.locator("[name=looks]").fill("with a red collar")
    await page.get_by_role("button", name="Keep").click()
    await expect(page.locator(".panel-text")).to_contain_text("always: with a red collar")

    async with page.expect_download() as downloading:
        await page.get_by_role("button", name="Export").click()
    download = await downloading.value
    assert download.suggested_filename == "cameo.zip"

    await page.locator("#cameo").evaluate("opener => opener.click()")
    await page.get_by_role("button", name="Erase").click()
    await page.get_by_role("button", name="Yes, do it").click()
    await expect(page.locator(".panel-text")).to_contain_text("Erased")
    assert room.vault.keys() == set()


async def test_a_friend_who_has_to_agree_is_asked_by_one_press(
    page: Page, room: Room, tmp_path: Path
) -> None:
    await a_cameo(room, await a_member(room, "bob"))
    await page.keyboard.type("@bob on the moon")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Ask @bob").click()

    await expect(page.locator(".card .standing")).to_contain_text("Waiting for @bob")
    await expect(page.locator("#sentence")).to_be_hidden()
    await page.screenshot(path=tmp_path / "asked.png")
