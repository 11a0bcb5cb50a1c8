"""Wishes refused for want of somebody's consent, kept until their member says "ask them".

They are kept in memory, the newest few hundred, never on the disk: somebody's words about somebody
else who has not agreed to them. Once forgotten, the member is asked to send them again.
"""

import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bots.studio.asker import Asker
from bots.studio.errors import WishForgotten
from bots.studio.making import Ask
from storage.codes import new_code
from storage.requests import Accepted

#: Wishes kept, of all members together.
MOST_KEPT = 500
#: Characters of a wish's code, as it stands in a button.
CODE_LENGTH = 8

Work = Callable[[Asker, Ask], Awaitable[Accepted]]


@dataclass(frozen=True)
class Wish:
    """A request as it was refused."""

    member_id: int
    ask: Ask
    work: Work


class Refused:
    """The refused wishes of one front end."""

    def __init__(self) -> None:
        self._wishes: OrderedDict[str, Wish] = OrderedDict()

    def keep(self, asker: Asker, ask: Ask, work: Work) -> str:
        """The code by which the wish is found again."""
        code = new_code(CODE_LENGTH, secrets.SystemRandom())
        self._wishes[code] = Wish(asker.member.id, ask, work)
        while len(self._wishes) > MOST_KEPT:
            self._wishes.popitem(last=False)
        return code

    def take(self, asker: Asker, code: str) -> tuple[Work, Ask]:
        """The work and how to ask it so that owners are asked. Raises WishForgotten.

        A wish is its member's alone: in a group, others see the button too.
        """
        wish = self._wishes.get(code)
        if wish is None or wish.member_id != asker.member.id:
            raise WishForgotten()
        del self._wishes[code]
        return wish.work, replace(wish.ask, ask_owners=True)
