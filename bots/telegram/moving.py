"""A group that became a supergroup: its space goes along, its message numbers do not.

Supergroups count their messages anew, so an old number would edit or answer a stranger's message.
"""

from storage import deliveries, posts, spaces
from storage.people import Platform
from storage.room import Room


async def move(room: Room, *, old: int, new: int) -> None:
    """The chat `old` is now `new`; what is still owed there goes to `new`, as fresh messages."""
    async with room.database.transaction() as tx:
        before = await spaces.find(tx, Platform.TELEGRAM, str(old))
        if before is None:
            return
        await spaces.move(tx, Platform.TELEGRAM, str(old), str(new))
        after = await spaces.find(tx, Platform.TELEGRAM, str(new))
        assert after is not None
        await deliveries.resettle(tx, before.id, after.id)
        await posts.set_aside(tx, before.id)
