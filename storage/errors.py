"""Why a request ended without its clip, as codes. Engines write them; bots make words of them.

A code says what happened and never how: figures that its words need go beside it.
"""

from enum import StrEnum


class ErrorCode(StrEnum):
    """The reason that a job failed, or that words are owed instead of a clip."""

    #: Its member or the room called it off.
    CANCELLED = "cancelled"
    #: Engines died twice while they rendered it. Not tried again.
    POISONED = "poisoned"
    #: The device's memory did not hold it, at every try. Figures: width, height, seconds.
    OUT_OF_MEMORY = "out_of_memory"
    #: Something else went wrong at every try; the log has it. Figures: attempts.
    RENDER_FAILED = "render_failed"
    #: The clip it was to be made from has been deleted, or was never made. Figures: parent (code).
    PARENT_GONE = "parent_gone"
    #: The preset can't do this (an extension, say). Figures: preset, kind.
    NOT_OFFERED = "not_offered"
    #: The preset's checkpoint can't be loaded; the log has why. Figures: preset.
    CANT_LOAD = "cant_load"
    #: The clip is made and kept, but no encoding of it is small enough for the space.
    WONT_FIT = "wont_fit"
    #: The clip is made and kept, but the space where it was asked for is gone or closed to the bot.
    CANT_POST = "cant_post"
    #: A moderator took it down.
    TAKEN_DOWN = "taken_down"
    #: Someone who plays in it does not agree to it, or not any more. Figures: handle, where known.
    NO_CONSENT = "no_consent"
    #: Someone who plays in it was asked, before or after it was made, and said no. Figures: handle.
    LIKENESS_REFUSED = "likeness_refused"
    #: Someone who plays in it was asked and did not answer in time. Figures: handle.
    LIKENESS_UNANSWERED = "likeness_unanswered"
    #: Someone who plays in it took it back after it was made.
    TAKEN_BACK = "taken_back"
    #: The same, of several clips of one maker at once; told of the newest.
    ALL_TAKEN_BACK = "all_taken_back"
