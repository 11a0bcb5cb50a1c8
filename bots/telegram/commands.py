"""What members can type: one function a command, each asks the studio once and answers.

Making needs no answer from here: the progress message is it, and it comes within milliseconds.
"""

import time
from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    ForceReply,
    InputFile,
    Message,
    ReplyParameters,
)
from telegram.ext import ExtBot

from bots import buttons
from bots.studio import finding, linking, looking, making, queue
from bots.studio.asker import Asker
from bots.studio.errors import ClipIsNotYours, NoClipHere
from bots.telegram import cameo as cameos
from bots.telegram import keyboards, moderation, speaking
from bots.telegram.finding import is_ours, of_post
from bots.telegram.orders import Order
from bots.telegram.person import Person
from bots.telegram.places import CAPTION_CHARACTERS, address_of, chat_of, cut
from bots.words import LANGUAGES, say, tell
from storage import clips, people, posts
from storage.clips import Clip
from storage.room import Room


async def create(order: Order) -> None:
    await order.make(
        order.ask_from_picture,
        lambda asker, ask: making.create(order.room, asker, order.words, ask),
    )


async def remix(order: Order) -> None:
    clip, words = await order.meant()
    ask = order.ask_from_picture
    if not words.strip() and not ask.picture:
        finding.finished(clip)
        return await ask_for_change(order.room, order.bot, order.asker, order.message, clip)
    await order.make(ask, lambda asker, ask: making.remix(order.room, asker, clip, words, ask))


async def again(order: Order) -> None:
    clip, _ = await order.meant()
    await order.make(order.ask, lambda asker, ask: making.vary(order.room, asker, clip, ask))


async def extend(order: Order) -> None:
    clip, words = await order.meant()
    await order.make(
        order.ask, lambda asker, ask: making.extend(order.room, asker, clip, words, ask)
    )


async def chain(order: Order) -> None:
    clip, _ = await order.meant()
    found = await looking.chain(order.room, order.asker, clip)
    await order.answer(tell.chain(order.language, found))


async def tree(order: Order) -> None:
    clip, _ = await order.meant()
    found = await looking.tree(order.room, order.asker, clip)
    await order.answer(tell.tree(order.language, found))


async def info(order: Order) -> None:
    clip, _ = await order.meant()
    await order.answer(tell.info(order.language, await looking.info(order.room, clip)))


async def on_the_way(order: Order) -> None:
    mine = await queue.of_member(order.room, order.asker)
    await order.answer(tell.queue(order.language, mine))


async def cancel(order: Order) -> None:
    clip, _ = await order.named()
    called_off = await queue.cancel(order.room, order.asker, clip)
    await order.answer(say(order.language, "cancelled", code=called_off.code))


async def delete(order: Order) -> None:
    clip, _ = await order.meant()
    await ask_if_sure(order.bot, order.asker, order.message, clip)


async def report(order: Order) -> None:
    clip, _ = await order.meant()
    await moderation.ask_what_is_wrong(order.bot, order.asker, order.message, clip)


async def appeal(order: Order) -> None:
    await order.answer(await moderation.appeal(order.room, order.asker, order.words))


async def moderate(order: Order) -> None:
    replied = order.message.reply_to_message
    clip = None
    if replied is not None and is_ours(replied, order.bot.id):
        clip = await of_post(order.room, order.asker, order.bot.id, replied)
    person = order.message.from_user
    assert person is not None
    desk = Person(order.room, order.bot, order.asker, person.id)
    await order.answer(await moderation.obey(desk, clip, order.words.strip()))


async def cameo(order: Order) -> None:
    await cameos.command(order.person, order.message, order.words)


async def link(order: Order) -> None:
    code = order.words.strip()
    if not code and not order.asker.space.private:
        # Whoever reads a code may use it.
        return await order.answer(say(order.language, "link-alone"))
    if not code:
        made = await linking.new_code(order.room, order.asker)
        return await order.answer(say(order.language, "link-code", code=made))
    _, platforms = await linking.redeem(order.room, order.asker, code)
    names = ", ".join(tell.platform_name(order.language, each) for each in platforms)
    await order.answer(say(order.language, "linked", platforms=names))


async def help_(order: Order) -> None:
    offer, picture = await looking.help(order.room, order.language)
    await order.answer(tell.help(order.language, offer))
    if picture:
        await speaking.show(order.bot, order.message, picture)


async def start(order: Order) -> None:
    """Say hello with a clip, or do what a deep link carries."""
    payload = order.words.strip()
    if payload.partition("-")[0] == cameos.PAYLOAD:
        return await cameo(_with(order, ""))
    verb, _, code = payload.partition("_")
    if verb == "link" and code:
        return await link(_with(order, code))
    if verb == "remix" and code:
        return await remix(_with(order, f"#{code}"))
    if payload:
        return await _show(order, await finding.by_code(order.room, order.asker, payload))
    await speaking.answer(
        order.bot, order.message, say(order.language, "start"),
        keys=keyboards.try_it(order.language),
    )  # fmt: skip
    try:
        newest = await finding.latest(order.room, order.asker)
    except NoClipHere:
        return
    await _show(order, newest)


#: Command → what it does, in the order of the menu.
COMMANDS: dict[str, Callable[[Order], Awaitable[None]]] = {
    "create": create,
    "remix": remix,
    "again": again,
    "extend": extend,
    "chain": chain,
    "tree": tree,
    "queue": on_the_way,
    "cancel": cancel,
    "info": info,
    "delete": delete,
    "cameo": cameo,
    "report": report,
    "appeal": appeal,
    "mod": moderate,
    "link": link,
    "help": help_,
    "start": start,
}
#: These make sense only alone with the bot: a link code is nobody else's to read.
PRIVATE_ONLY = ("link", "start")


async def set_menus(bot: ExtBot[int]) -> None:
    """What Telegram shows on typing "/", by language and kind of chat. Raises TelegramError."""
    for language in LANGUAGES:
        menu = [BotCommand(name, say(language, f"command-{name}")) for name in COMMANDS]
        for_groups = [each for each in menu if each.command not in PRIVATE_ONLY]
        code = None if language == LANGUAGES[0] else language
        await bot.set_my_commands(menu, BotCommandScopeAllPrivateChats(), language_code=code)
        await bot.set_my_commands(for_groups, BotCommandScopeAllGroupChats(), language_code=code)


async def ask_for_change(
    room: Room, bot: ExtBot[int], asker: Asker, message: Message, clip: Clip
) -> None:
    """Ask what should change; a reply to the question finds the clip through its post."""
    text = say(asker.member.language, "remix-ask", code=clip.code)
    asked = await speaking.answer(bot, message, text, keys=ForceReply(selective=True))
    async with room.database.transaction() as tx:
        await posts.add(
            tx, asker.space.id, str(asked.message_id), clip.id, holds_clip=False, now=time.time()
        )


async def ask_if_sure(bot: ExtBot[int], asker: Asker, message: Message, clip: Clip) -> None:
    """A deletion takes a second press. Raises ClipIsNotYours."""
    if clip.member_id != asker.member.id:
        raise ClipIsNotYours(code=clip.code)
    language = asker.member.language
    text = say(language, "delete-sure", code=clip.code)
    await speaking.answer(bot, message, text, keys=keyboards.sure(clip.code, language))


async def _show(order: Order, clip: Clip) -> None:
    """Send a finished clip here, or words on it where there is no film that fits."""
    master = order.room.media.path(clip.master) if clip.master else None
    if master is None or master.stat().st_size > order.asker.space.max_bytes:
        return await order.answer(tell.info(order.language, await looking.info(order.room, clip)))
    read = order.room.database.read
    maker = await people.get(read, clip.member_id)
    parent = await clips.get(read, clip.parent_id) if clip.parent_id is not None else None
    caption = tell.caption(
        order.language, clip, maker=maker.name, parent=parent.code if parent else None
    )
    chat, topic = chat_of(address_of(order.message))
    with master.open("rb") as film:
        sent = await order.bot.send_video(
            chat,
            InputFile(film, f"{clip.code}.mp4", read_file_handle=False),
            caption=cut(caption, CAPTION_CHARACTERS),
            width=clip.width,
            height=clip.height,
            duration=max(1, round(clip.seconds or 1)),
            supports_streaming=True,
            message_thread_id=topic,
            reply_parameters=ReplyParameters(
                order.message.message_id, allow_sending_without_reply=True
            ),
            reply_markup=keyboards.keyboard(buttons.UNDER_A_CLIP, clip.code, order.language),
        )
    async with order.room.database.transaction() as tx:
        await posts.add(
            tx, order.asker.space.id, str(sent.message_id), clip.id, holds_clip=True,
            now=time.time(),
        )  # fmt: skip


def _with(order: Order, words: str) -> Order:
    return replace(order, words=words)
