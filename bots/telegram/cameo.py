"""Cameos on Telegram: /cameo, its panel in the private chat, films, and the answers to questions.

In a group only a way into the private chat is shown, and "people here" can be said there. A film
is handed in by being sent; which film is meant, and what a reply is about, is told by the message
that is replied to, so nothing is kept in memory.
"""

import time
from urllib.parse import parse_qs, urlsplit

from telegram import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MaybeInaccessibleMessage,
    Message,
    MessageEntity,
)
from telegram.error import BadRequest, Forbidden

from bots.buttons import Press
from bots.panels import acts
from bots.panels.panel import Deed, Form, FormKind, How, Key, Labelled, Panel, to_data
from bots.studio.asker import somebody
from bots.studio.cameo import handles, owning
from bots.studio.errors import FilmNotFetched
from bots.telegram import alone, films, speaking
from bots.telegram.person import Person
from bots.telegram.places import TOAST_CHARACTERS, cut
from bots.words import language_of, say
from storage import cameos, challenges
from storage.cameos import CameoKind, Policy
from storage.people import Platform

#: How films are handed in on Telegram.
HOW = How.CHAT
#: The payload of a deep link to the panel; a question about a cameo's words has more after it.
PAYLOAD = "cameo"
_THINGS = {"pet": CameoKind.PET, "thing": CameoKind.THING, "animal": CameoKind.PET,
           "objet": CameoKind.THING}  # fmt: skip
#: Of a member, by the word that follows /cameo in reply to a message of theirs.
_ABOUT_PEOPLE = {"allow": Deed.LET_IN, "block": Deed.KEEP_OUT, "forget": Deed.FORGET}
_QUESTIONS = ("looks", "not-for")


class Chooser(Person):
    """A person before the panels of cameos."""

    async def act(self, key: Key) -> Panel:
        """What follows a key. Raises a Refusal."""
        return await acts.press(self.room, self.asker, key, how=HOW)


async def command(person: Chooser, message: Message, words: str) -> None:
    """/cameo, alone or with words after it. Raises a Refusal."""
    first, _, rest = words.strip().partition(" ")
    if not person.asker.space.private:
        return await _in_a_group(person, message, first.lower())
    if kind := _THINGS.get(first.lower()):
        return await _thing(person, message, kind, rest)
    if first:
        cameo = await owning.mine(person.room, person.asker, first)
        return await _say(person, await person.act(Key(Deed.HOME, cameo.id)))
    await _say(person, await person.act(Key(Deed.HOME)))


async def takes(person: Chooser, message: Message, words: str) -> bool:
    """Whether a private message is about a cameo; then it was dealt with. Raises a Refusal.

    It is one that brings a film, names one by replying to it, or answers a question of ours.
    """
    if not person.asker.space.private:
        return False
    answered = message.reply_to_message
    if answered and (question := _question_of(answered, person.bot.username)):
        await _word(person, *question, words)
        return True
    film, handle = message, ""
    if answered and films.of(answered) and answered.from_user == message.from_user and words:
        film, handle = answered, words
    if films.of(film) is None or (words and not handle):
        return False
    if not await _is_challenged(person):
        if film.video_note is None:
            return False
        await speaking.answer(person.bot, message, say(person.language, "panel-film-first"))
        return True
    await _ask_age(person, film, handle)
    return True


async def press(person: Chooser, message: MaybeInaccessibleMessage, key: Key) -> str | None:
    """A key was pressed; returns what to say to who pressed it in a group. Raises a Refusal."""
    if not person.asker.space.private:
        if key.deed is not Deed.POLICY:
            return say(person.language, "panel-alone")
        panel = await person.act(key)
        if any(each.key.sure for row in panel.keys for each in row):
            # There is no asking back where everyone reads along.
            return say(person.language, "panel-narrow-here")
        return cut(panel.text, TOAST_CHARACTERS)
    if key.deed is Deed.FILMED:
        await _enroll(person, message, key.arg)
        return None
    panel = await person.act(key)
    if panel.form and panel.form.kind is FormKind.WORDS:
        await _ask_for_words(person, panel.form)
    elif isinstance(message, Message):
        await alone.replace(person.bot, message, panel)
    else:
        await _say(person, panel)
    return None


async def answer(person: Chooser, message: MaybeInaccessibleMessage, press: Press) -> None:
    """An owner answered a question that came to them. Raises a Refusal."""
    told = await acts.answer(person.room, person.asker, press)
    if isinstance(message, Message):
        await alone.replace(person.bot, message, Panel(told))


async def _in_a_group(person: Chooser, message: Message, word: str) -> None:
    answered = message.reply_to_message
    about = answered.from_user if answered else None
    if (deed := _ABOUT_PEOPLE.get(word)) and about and not about.is_bot:
        member = await somebody(
            person.room, Platform.TELEGRAM, str(about.id), name=about.full_name,
            language=language_of(about.language_code),
        )  # fmt: skip
        panel = await person.act(Key(deed, 0, str(member.id)))
        try:
            await _say(person, panel)
        except (Forbidden, BadRequest):
            # Bot API: a bot can't write to someone who never wrote to it.
            return await _show_the_way(person, message, "panel-unreached")
        await speaking.answer(person.bot, message, say(person.language, "panel-told-alone"))
        return None
    await _show_the_way(person, message, "panel-alone")


async def _show_the_way(person: Chooser, message: Message, key: str) -> None:
    """A link into the private chat, and the one thing that makes sense to say in a group."""
    language = person.language
    link = f"https://t.me/{person.bot.username}?start={PAYLOAD}"
    here = Labelled(Key(Deed.POLICY, 0, Policy.SPACE), say(language, "panel-people-here"))
    keys = InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(say(language, "panel-alone-open"), url=link)],
            [InlineKeyboardButton(here.label, callback_data=to_data(here.key))],
        ]
    )
    await speaking.answer(person.bot, message, say(language, key), keys=keys)


async def _say(person: Chooser, panel: Panel) -> None:
    await alone.show(person.bot, person.account, panel)


async def _is_challenged(person: Chooser) -> bool:
    member = person.asker.member
    found = await challenges.find(person.room.database.read, member.id, now=time.time())
    return found is not None


async def _ask_age(person: Chooser, film: Message, handle: str) -> None:
    """Ask, in reply to the film, what a film can't tell."""
    language = person.language
    own = await cameos.of_member(person.room.database.read, person.asker.member.id)
    again = own and own[0].kind is CameoKind.PERSON
    suggested = handle or await acts.suggested(person.room, person.asker)
    handle = handles.fit(suggested) if not again else (own[0].handle or "")
    key = Key(Deed.FILMED, 0, handle, sure=True)
    text = say(language, "panel-film-again" if again else "panel-film-got", handle=handle)
    keys = alone.keyboard(((Labelled(key, say(language, "panel-film-yes")),),))
    await speaking.answer(person.bot, film, text, keys=keys)


async def _enroll(person: Chooser, message: MaybeInaccessibleMessage, handle: str) -> None:
    """They are an adult: look at the film that the question was asked in reply to."""
    film = message.reply_to_message if isinstance(message, Message) else None
    found = films.of(film) if film else None
    if found is None or not isinstance(message, Message):
        raise FilmNotFetched()
    await alone.replace(person.bot, message, Panel(say(person.language, "panel-film-looking")))
    panel = await acts.enroll(
        person.room,
        person.asker,
        films.fetching(person.bot, found),
        handle=handle,
        adult=True,
        home=person.asker.space,
        how=HOW,
    )
    await alone.replace(person.bot, message, panel)


async def _thing(person: Chooser, message: Message, kind: CameoKind, handle: str) -> None:
    """A pet or a thing, in the message itself or in the one that it replies to."""
    answered = message.reply_to_message
    found = films.of_thing(message) or (films.of_thing(answered) if answered else None)
    if found is None or not handle.strip():
        return await _say(person, Panel(say(person.language, "panel-pet-how")))
    panel = await acts.enroll_thing(
        person.room,
        person.asker,
        films.fetching(person.bot, found),
        kind=kind,
        handle=handle,
        home=person.asker.space,
    )
    await _say(person, panel)


async def _ask_for_words(person: Chooser, form: Form) -> None:
    """Two questions, each answered by a reply; the cameo is told by a link on its name."""
    for name in _QUESTIONS:
        text = say(person.language, f"panel-{name}-ask", handle=form.handle)
        marked = f"@{form.handle}"
        link = MessageEntity(
            MessageEntity.TEXT_LINK,
            offset=len(text[: text.index(marked)].encode("utf-16-le")) // 2,
            length=len(marked),
            url=f"https://t.me/{person.bot.username}?start={PAYLOAD}-{name}-{form.cameo}",
        )
        await person.bot.send_message(
            person.account, text, entities=[link], reply_markup=ForceReply()
        )


def _question_of(answered: Message, username: str) -> tuple[str, int] | None:
    """Which words of which cameo a message of ours asked for; None for another message."""
    if answered.from_user is None or answered.from_user.username != username:
        return None
    for entity in answered.entities:
        payload = parse_qs(urlsplit(entity.url or "").query).get("start", [""])[0]
        for name in _QUESTIONS:
            number = payload.removeprefix(f"{PAYLOAD}-{name}-")
            if number != payload and number.isdecimal():
                return name, int(number)
    return None


async def _word(person: Chooser, name: str, cameo: int, words: str) -> None:
    words = "" if words.strip() == "." else words
    looks, restrictions = (words, None) if name == "looks" else (None, words)
    panel = await acts.word(
        person.room, person.asker, cameo, looks=looks, restrictions=restrictions
    )
    await _say(person, panel)
