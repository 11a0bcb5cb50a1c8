"""A clip's seal: signs its encodings with the room's key once they are made, and never before.

What is written after it (a copy with another index, say) would drop the credentials again.
"""

from dataclasses import dataclass
from pathlib import Path

from storage import signing
from storage.credentials import Story
from storage.room_key import RoomKey
from storage.signing import Made


@dataclass(frozen=True)
class Seal:
    """What a clip's encodings are signed with, and what their credentials say."""

    key: RoomKey
    story: Story
    #: What it was made of.
    parent: Made | None = None
    picture: Made | None = None

    @property
    def comment(self) -> str:
        """The same in a few words, for the file's text metadata."""
        story = self.story
        return f"Clip {story.code}, made by a model ({story.model}) in the Reelroom {story.room}"

    def clip(self, path: Path, *, source: bytes | None = None) -> None:
        """Sign the master, in place; `source` is the signed film that another machine made of it.

        Blocks. Raises OSError where a parent is gone, and C2paError.
        """
        signing.sign_clip(
            path,
            self.key,
            self.story,
            parent=self.parent,
            picture=self.picture,
            source=Made("film", source) if source else None,
        )

    def encoding(self, path: Path, *, master: Path) -> None:
        """Sign another encoding of it, in place. Blocks. Raises OSError and C2paError."""
        signing.sign_encoding(path, self.key, self.story, master=master)
