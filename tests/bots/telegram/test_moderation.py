"""Reports and moderation on Telegram, from a member's press to what an administrator does."""

from tests.bots.telegram.conftest import Stage
from tests.fakes.telegram import Message, Person
from tests.fakes.telegram.places import Place
from tests.rooms import until


async def _posted(stage: Stage, maker: Person, group: Place) -> Message:
    await maker.say(group, "/create a red fox")
    post = await stage.film(group)
    await stage.settled()
    return post


def _group(stage: Stage, *people: Person, admin: Person) -> Place:
    return stage.server.group("Film Club", [*people, admin], admins=[admin])


async def test_who_reports_is_thanked_alone_and_the_clip_waits_for_a_moderator(
    stage: Stage,
) -> None:
    ana, ben, mod = (stage.server.user(name) for name in ("ana", "ben", "mod"))
    group = _group(stage, ana, ben, admin=mod)
    await mod.start()
    post = await _posted(stage, ana, group)
    await ben.press(post, "Report")
    question = await group.wait_for(lambda message: "What is wrong" in message.words)
    thanks = await ben.press(question, "Someone in it did not agree")
    assert thanks.alert
    assert "out of sight" in (thanks.text or "")
    await until(lambda: post.deleted and question.deleted)

    await mod.say(group, "/mod")
    case = await mod.private.wait_for(lambda message: message.video is not None)
    assert "Someone in it did not agree" in case.words
    assert not any("did not agree" in message.words for message in group.posts)
    await mod.press(case, "Let it be seen")
    await mod.private.wait_for(lambda message: "free to be seen" in message.words)


async def test_a_moderator_takes_down_mutes_and_lifts_by_words(stage: Stage) -> None:
    ana, mod = stage.server.user("ana"), stage.server.user("mod")
    group = _group(stage, ana, admin=mod)
    post = await _posted(stage, ana, group)
    await mod.say(group, "/mod mute 3h be kind", reply_to=post)
    await group.wait_for(lambda message: "Ana asks for nothing here for 3 hours" in message.words)
    await ana.say(group, "/create a blue fox")
    await group.wait_for(lambda message: "A moderator wrote: be kind" in message.words)
    await ana.say(group, "/appeal I did not mean it")
    await group.wait_for(lambda message: "reached the moderators" in message.words)
    await mod.say(group, "/mod lift 1")
    await group.wait_for(lambda message: "may ask here again" in message.words)
    await mod.say(group, "/mod takedown", reply_to=post)
    await group.wait_for(lambda message: "taken down everywhere" in message.words)
    await until(lambda: post.deleted)
    await group.wait_for(lambda message: "taken down by a moderator" in message.words)


async def test_others_do_not_moderate_and_who_never_wrote_to_the_bot_is_told_how(
    stage: Stage,
) -> None:
    ana, mod = stage.server.user("ana"), stage.server.user("mod")
    group = _group(stage, ana, admin=mod)
    post = await _posted(stage, ana, group)
    await ana.say(group, "/mod takedown", reply_to=post)
    await group.wait_for(lambda message: "Only this place's moderators" in message.words)
    assert not post.deleted
    await ana.say(group, "/report", reply_to=post)
    question = await group.wait_for(lambda message: "What is wrong" in message.words)
    await ana.press(question, "Something else")
    await mod.say(group, "/mod")
    await group.wait_for(lambda message: "Write to me alone once" in message.words)
    await mod.say(group, "/mod explode 7K3F")
    await group.wait_for(lambda message: "/mod release" in message.words or "7K3F" in message.words)
