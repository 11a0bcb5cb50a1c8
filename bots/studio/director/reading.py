"""All that the director understands of a whole prompt, by rules, in one pass over its words.

Spoken words are read first and hidden from the other tables: a fox that says "cut to the moon"
cuts nothing. What no table knows stays prompt.
"""

from dataclasses import dataclass, replace

from bots.studio.director import camera, cast, dialogue, light, marks, shots, sound, style
from bots.studio.director.text import fold, hide, is_french
from storage.plan import Camera, Line, Mark, Shot

#: Seconds a clip goes on after the last thing that it was told to show.
AFTER_A_MARK = 1.0
AFTER_A_CUT = 2.0


@dataclass(frozen=True)
class Reading:
    """What a prompt says, as plans keep it; see `storage.plan.Plan`."""

    camera: Camera | None
    light: tuple[str, ...]
    style: str | None
    segments: tuple[shots.Segment, ...]
    #: The camera of each segment.
    cameras: tuple[Camera | None, ...]
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    cast: tuple[str, ...]
    heard: sound.Heard

    def seconds(self, usual: float, longest: float) -> float:
        """How long a clip of these words should be where they name no length, in seconds.

        The usual length, or longer where something is told to happen later; `longest` at most.
        What no clip reaches ("the score at 2:45") lengthens none.
        """
        ends = [each.at + AFTER_A_MARK for each in self.marks]
        ends += [line.at + AFTER_A_CUT for line in self.lines if line.at is not None]
        ends += [each.start + AFTER_A_CUT for each in self.segments if each.start and not each.stop]
        reached = [end for end in ends if end < longest + AFTER_A_CUT]
        last = self.segments[-1].stop if self.segments else None
        return min(max([last or usual, *reached]), max(longest, usual))

    def shots(self, seconds: float) -> tuple[Shot, ...]:
        """The shots of a clip of that length; none where the words never cut."""
        begins = shots.starts(list(self.segments), seconds) if self.segments else []
        return tuple(
            Shot(segment.prompt, begin, filmed)
            for segment, begin, filmed in zip(self.segments, begins, self.cameras, strict=True)
        )


def read(text: str) -> Reading:
    """What the cleaned text says."""
    folded = fold(text)
    quotes = dialogue.find(text, folded)
    shown = hide(folded, [(quote.start, quote.end) for quote in quotes])
    moments = marks.find(text, shown, french=is_french(text))
    segments = shots.find(text, shown)
    moments = [each for each in moments if not _belongs_to_a_shot(each, segments)]
    lines, marked = _lines(quotes, moments)
    filmed = tuple(camera.first(shown[each.begin : each.end]) for each in segments)
    return Reading(
        camera=None if any(filmed) else camera.first(shown),
        light=light.find(shown),
        style=style.first(text, shown),
        segments=tuple(segments),
        cameras=filmed,
        marks=tuple(Mark(each.what, each.at) for each in marked if each.what),
        lines=tuple(lines),
        cast=cast.find(text, shown),
        heard=sound.find(text, shown),
    )


def _belongs_to_a_shot(moment: marks.Moment, segments: list[shots.Segment]) -> bool:
    """Whether the time is a shot's own: "at 3s cut to the sea", "0:03 the sea"."""
    return any(
        each.start is not None and abs(each.start - moment.at) < 0.01
        for each in segments
        if each.start
    ) or any(each.stop == moment.at for each in segments if each.stop)


def _lines(
    quotes: list[dialogue.Quote], moments: list[marks.Moment]
) -> tuple[list[Line], list[marks.Moment]]:
    """The lines, each at its moment where one is told; and the moments that are more than that."""
    left = list(moments)
    lines = []
    for quote in quotes:
        if not quote.said:
            continue
        line = Line(quote.words, quote.speaker)
        near = next((each for each in left if _tells_when(each, quote)), None)
        if near:
            left.remove(near)
            line = replace(line, at=near.at)
        lines.append(line)
    return lines, left


def _tells_when(moment: marks.Moment, quote: dialogue.Quote) -> bool:
    """Whether the moment is the line's: "at 2s the fox says “hi”", "“hi” at 2s"."""
    ahead = moment.start <= quote.start and 0 <= quote.start - moment.end <= 2
    behind = 0 <= moment.time_start - quote.end <= 2
    return ahead or behind
