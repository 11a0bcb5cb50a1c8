"""Refusals: the errors that a member may see. Each is named for what happened and carries figures.

The words are made in `bots/words`, under the key `refusal-` and the class's name in kebab case. Any
other exception is a bug: it is logged with its context, and the member reads that it was not them.
"""

import re


class Refusal(Exception):
    """A request that can't be granted, with the figures its words need."""

    def __init__(self, **figures: str | int | float) -> None:
        super().__init__(type(self).__name__)
        self.figures = figures

    @property
    def key(self) -> str:
        """The key of the words."""
        return "refusal" + re.sub(r"(?=[A-Z])", "-", type(self).__name__).lower()


class NoWords(Refusal):
    """The prompt is empty once its options are taken out."""


class TooManyWords(Refusal):
    """The prompt is longer than the room takes: `length`, `most` characters."""


class YourQueueIsFull(Refusal):
    """The member has `most` jobs waiting or rendering."""


class QueueIsFull(Refusal):
    """The space has `most` jobs waiting or rendering."""


class YourHourIsFull(Refusal):
    """The member asked for `most` clips within the hour; the next may come in `minutes`."""


class HourIsFull(Refusal):
    """The space asked for `most` clips within the hour; the next may come in `minutes`."""


class NoSuchClip(Refusal):
    """No clip of this `code` may be seen here."""


class NoClipHere(Refusal):
    """The request names no clip, and the member has none here to mean."""


class NotAClip(Refusal):
    """The message replied to holds no clip of ours."""


class ClipIsDeleted(Refusal):
    """The clip `code` was deleted."""


class ClipIsNotReady(Refusal):
    """The clip `code` is still being made, or its making failed."""


class ClipIsNotYours(Refusal):
    """Only its maker may do that with the clip `code`."""


class NothingToCancel(Refusal):
    """The member has nothing waiting or rendering."""


class AlreadyOver(Refusal):
    """The clip `code` is no longer waiting or rendering."""


class LengthNotOffered(Refusal):
    """`title` renders from `shortest` to `longest` seconds; `asked` were asked for."""


class FilmTooLong(Refusal):
    """The film `code`, with what was asked to follow, would be longer than `most` seconds."""


class AspectNotOffered(Refusal):
    """`title` can't render the shape `asked`; it can `offered`."""


class KindNotOffered(Refusal):
    """`title` can't make a clip that way (`kind`); `offered` presets can."""


class PresetNotHere(Refusal):
    """The preset `asked` is known, and not on offer for the `reason`; it needs `gb` of memory."""


class PresetUnknown(Refusal):
    """No engine here knows the preset `asked`; there are `offered`."""


class QualityUnknown(Refusal):
    """No preset here makes clips of the quality `asked` that way; there are `offered`."""


class PictureNotTaken(Refusal):
    """`title` can't start from a picture; `offered` presets can."""


class PictureNotUsed(Refusal):
    """A picture came along with what takes none: another take, or an extension."""


class PictureNeedsWords(Refusal):
    """A picture came alone."""


class NotAPicture(Refusal):
    """The file is not a picture, or is broken."""


class PictureIsEmpty(Refusal):
    """The file has no bytes."""


class PictureTooHeavy(Refusal):
    """The file is larger than `most` megabytes."""


class PictureTooLarge(Refusal):
    """The picture has more than `most` megapixels."""


class PictureOfSomeone(Refusal):
    """A face in the picture is not that of the sender's own cameo."""


class PictureTooBare(Refusal):
    """The picture is sexual, in a space that is not for adults or with somebody's face in it."""


class PictureNotSeen(Refusal):
    """The picture could not be looked at."""


class PictureNotFetched(Refusal):
    """Its platform did not hand the picture over."""


class FilmNotFetched(Refusal):
    """A film did not come along, or its platform did not hand it over."""


class NoSuchCameo(Refusal):
    """Nobody is called `handle` here."""


class NoCameoOfYours(Refusal):
    """The member asks to be in the clip and has no cameo of themselves."""


class CameoNotYours(Refusal):
    """The owner of the cameo `handle` lets the member use it only when asked.

    Where `restricted` is 1, `restrictions` is what the owner does not want it in.
    """


class CameoKeptFromYou(Refusal):
    """The owner of the cameo `handle` does not want to be asked by the member."""


class HandleUnfit(Refusal):
    """Nobody can be called `handle`: letters, digits and _, `least` to `most` of them."""


class HandleTaken(Refusal):
    """Somebody is called `handle` already."""


class NoCameoCalled(Refusal):
    """None of the member's cameos is called `handle`."""


class OnlyForAdults(Refusal):
    """Whoever enrols did not say that they are an adult."""


class NoChallenge(Refusal):
    """A film came without a challenge, or after its time or its tries."""


class CameoUnfit(Refusal):
    """The film or picture won't do for `reason`, with that reason's figures; see senses.values."""


class TooManyCameos(Refusal):
    """The member has `most` cameos of pets and things."""


class SureToNarrow(Refusal):
    """The owner has to be sure: with that policy `count` clips would be taken down."""


class NothingAsked(Refusal):
    """Nothing is asked about the clip `code`: it was answered, called off, or the time ran out."""


class SomethingElseAsked(Refusal):
    """The question about the clip `code` has changed since: it is shown anew."""


class CameoRestricted(Refusal):
    """The owner of the cameo `handle` does not want it in what the words ask for: `restriction`."""


class WishForgotten(Refusal):
    """The refused words are not remembered any more."""


class WaitsForYes(Refusal):
    """The clip `code` is made and waits for the yes of `handle`."""


class ReportedBefore(Refusal):
    """The member has reported the clip `code` already."""


class NotAModerator(Refusal):
    """Only moderators of the space, and the room's owner, may do that."""


class ClipIsElsewhere(Refusal):
    """The clip `code` was made in a space that the member does not moderate."""


class NothingToModerate(Refusal):
    """Nothing about `code` waits for a moderator."""


class CanNotBeGranted(Refusal):
    """The refusal `code` is by a rule that no moderator can lift."""


class PlaceNotForAdults(Refusal):
    """The space is not marked for adults by its platform."""


class NothingToAppeal(Refusal):
    """The member is neither muted nor banned here, or has appealed already."""


class WarnedFirst(Refusal):
    """A moderator's warning, `words`, which the member had not read."""


class YouAreMuted(Refusal):
    """A moderator muted the member, saying `words`, for `hours` more."""


class YouAreBanned(Refusal):
    """A moderator banned the member, saying `words`."""


class FileTooHeavy(Refusal):
    """The file to look at is larger than `most` megabytes."""


class FileNotRead(Refusal):
    """The file to look at did not arrive, or can't be read in the time that one may take."""


class CastNotTaken(Refusal):
    """`title` can show `most` cameos in a clip, and more were named; `offered` presets can."""


class LinkCodeUnknown(Refusal):
    """The link code is wrong, was used, or is older than ten minutes."""


class AgainstARule(Refusal):
    """What was asked for breaks a rule: `found` decided, and `code` names it for an appeal."""


class MinorInSuchAScene(AgainstARule):
    """A minor would be in a sexual or a violent scene."""


class SexByForce(AgainstARule):
    """Sex without consent, or with animals."""


class SexWithRealPeople(AgainstARule):
    """Sexual content with a real person."""


class HatefulWords(AgainstARule):
    """Hate against a group of people."""


class SelfHarmShown(AgainstARule):
    """Someone would end or hurt themselves."""


class HarmTaught(AgainstARule):
    """Instructions for something that hurts people."""


class FraudOrFakeNews(AgainstARule):
    """Something that deceives people about a real person or institution."""


class SexualHere(AgainstARule):
    """Sexual content, in a space that is not for adults."""


class TooBloodyHere(AgainstARule):
    """Bloodshed, in a strict space."""


class RealPersonNamed(AgainstARule):
    """A real person, `found`, is named without a cameo."""


class NameIsProtected(AgainstARule):
    """The character or brand `found` has an owner who has allowed nothing here."""
