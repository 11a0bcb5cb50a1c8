# ruff: noqa: E501
"""One wish of an instruction ("make the fox blue", "without the dog"), worked into a prompt.

Each rule takes a wish that it knows and gives the prompt back as it is then; the first that knows
it wins. A wish that no rule knows is said at the end of the prompt.
"""

import re

from bots.studio.director import marks, phrases, sound
from bots.studio.director.altering import ME
from bots.studio.director.draft import FILLER, PRONOUN, covered, parts_of
from bots.studio.director.exchanging import Exchanging
from bots.studio.director.placing import dropped, shown_of
from bots.studio.director.slots import Slot
from bots.studio.director.text import fold

_POLITE = re.compile(
    r"(?:(?:please|now|but|and(?! if)|so|then|ok|okay|hey|bon|i want it to(?: be)?|be(?= )|it should be|it should|make it so that|make sure|fais en sorte (?:que|qu'il|qu'elle|qu')|il faut que ce soit|il faut qu'il|il faudrait que ce soit|je veux(?: que ce soit)?|j'aimerais|can you|could you|can we|could we|just|maybe|also|this time|instead|let's|lets|i want|i'd like|i would like"
    r"|maintenant|mais|et(?! si | s')|stp|svp|s'il te plait|tu peux|peux-tu|plutot|cette fois|juste|alors|aussi|exactement|exactly|yes|no wait|oui|hmm|ooh|you know)(?!\w)[ ,:]*)+"
)
_SAME = re.compile(
    r"(?:(?:do|keep|it's|c'est|garde|refais) )?(?:(?:the |la |le )?(?:exact )?(?:same|meme)(?: (?:thing|clip|scene|video|shot|one|idea|chose|film|plan|idee))?(?! (?:as|que))|pareil|idem|like (?:this|that)|comme ca|keep everything|garde tout|everything the same)"
    r"(?:(?: |, ?)(?:but|mais|sauf|except|only)|,|(?=$)|(?= (?:with|in|at|on|as|without|avec|en|dans|a|au|sans|la|de))) ?"
)
_AFTERTHOUGHT = re.compile(
    r"[ ,]*(?<!\w)(?:please|pls|lol|haha|mdr|ptdr|instead|now|too|as well|thanks|thank you|stp|svp|s'il te plait|s'il vous plait|merci|plutot|maintenant|a la place|this time|cette fois|for me)[ .!?]*$"
)
_INTO = re.compile(
    rf"(?:put|move|set|place|bring|take|film|send|have|relocate|imagine|situate|shoot)(?: {PRONOUN}| the [\w-]+)? (?P<x>(?:in|on|at|under|inside|into|to|over|near|by|through|during|underwater)(?!\w).*)"
    rf"|(?:mets|met|place|deplace|emmene|situe|filme|envoie|passe)(?:[- ]{PRONOUN}| l[ea]s? [\w-]+| l'[\w-]+| m(?:on|a) [\w-]+)? (?P<y>(?:dans|sur|a|au|aux|en|sous|chez|pres|devant|la nuit|de nuit)(?!\w).*)"
    r"|(?:it takes place|takes place|set|happening|ca se passe|se passe|passe) (?P<z>(?:in|on|at|under|underwater|dans|sur|a|au|en|sous|de|la)(?!\w).*)"
)
_ON_SOMETHING = re.compile(r"(?:put|mets|met|place) (?P<x>(?:a|an|some|un|une|des|du) .+)")
_ADD = re.compile(
    r"(?:add(?: in)?|include|insert|with|plus(?= (?:a|an|un|une|des|du|de la|some|me|moi|@\w+) )|bring in|throw in|there is|there are|there's|we see|ajoute[rz]?(?:-y|-lui)?|rajoute[rz]?|avec|mets-(?:y|lui)|il y a|inclus|on voit)(?:[- ](?P<x>.+))"
    r"|(?:give|donne|have)(?:[- ](?:it|him|her|them|lui|leur))? (?P<y>(?:a|an|some|un|une|des|du) .+)|give (?:it|him|her|them) (?P<w>.+)"
    r"|(?:give|donne) (?P<whom>(?:the|le|la|my|au|a la|a l'|l') ?[\w-]+) (?P<z>(?:a|an|some|un|une|des) .+)"
)
_WHAT_IF = re.compile(
    r"(?:what if|imagine if|suppose|how about|what about|and if|et si(?= )|et (?=s'il)|imagine que|que se passe-t-il si|et pourquoi pas|pourquoi pas) ?(?:now )?(?P<x>.+)"
)
_IF_WEATHER = re.compile(
    r"(?:it|there) (?:was |were |started |starts |is |had |would )?(?:to )?(?P<en>snow|rain|storm)\w*|(?:il|qu'il|s'il) (?:se mettait a )?(?P<fr>neige|pleu)\w*"
)
_IF_WAS = re.compile(
    r"(?:it|this|everything|we|they) (?:was|were|is|happened|took place|happens|are) (?:all )?(?:set )?(?P<en>.+)|(?:c'etait|c'est|on etait|ca se passait|ils etaient|tout etait|il faisait|cela se passait|ca etait) (?P<fr>.+)"
)
_IF_IS = re.compile(
    r"(?P<t>(?:the|my|le|la|les|l'|mon|ma) ?[\w-]+(?: [\w-]+)?) (?:was|were|is|are|became|etait|etaient|est|devenait) (?P<q>.+)"
)
_IF_THERE = re.compile(
    r"(?:there (?:was|were|is|are)|we had|it had|you had|you added|i added|il y avait|on ajoutait|on avait|on voyait) (?P<x>.+)"
)
_MAKE_WEATHER = re.compile(
    r"(?:fais|fait) (?:tomber |venir )?(?:de )?(?P<x>la (?:neige|pluie|nuit)|pleuvoir|neiger|nuit)"
)
_MAKE_DO = re.compile(
    r"(?:fais|fait|faites)[- ](?P<verb>\w+er|\w+ir|\w+re) (?P<who>(?:le |la |les |l'|mon |ma ).+)"
)
_PACED = {
    "slowly": re.compile(r"slow (?:it |things |everything )?down|make it slow|slow"),
    "faster": re.compile(r"speed (?:it |things |everything )?up|make it (?:fast|quick)"),
    "au ralenti": re.compile(r"ralentis?(?:-le|-la)?|ralentir|mets(?:-le)? au ralenti"),
    "plus vite": re.compile(r"accelere(?:-le|-la)?|accelerer"),
}


class Change(Exchanging):
    """One wish of an instruction, worked into a prompt."""

    def by(self, words: str) -> str:
        """The prompt with the words worked in."""
        words = self._plainly(words)
        plain = shown_of(words)
        if not words or FILLER.fullmatch(plain):
            return self.prompt
        if marks.find(words, plain, french=self.french):
            return self._also(_without_verb(words, plain))
        for rule in (
            self._what_if,
            self._sounds,
            self._replace,
            self._remove,
            self._into,
            self._made,
            self._add,
            self._alter,
        ):
            made = rule(words, plain)
            if made is not None:
                return made
        return self._set(_paced(words, plain), bare=True)

    def _plainly(self, words: str) -> str:
        """The words without "please, the same but"."""
        for _ in range(3):
            plain = fold(words)
            lead = _POLITE.match(plain)
            words = words[lead.end() :] if lead else words
            plain = fold(words)
            same = _SAME.match(plain)
            words = words[same.end() :] if same else words
        tail = _AFTERTHOUGHT.search(fold(words))
        return (words[: tail.start()] if tail and tail.start() else words).strip(" ,.;!?:")

    def _what_if(self, words: str, plain: str) -> str | None:
        found = _WHAT_IF.fullmatch(plain)
        if not found:
            return None
        rest, begin = found["x"], found.start("x")
        if weather := _IF_WEATHER.match(rest):
            named = weather["en"] or ("neige" if weather["fr"] == "neige" else "pluie")
            return self._set(named if named != "storm" else "a storm")
        if was := _IF_WAS.fullmatch(rest):
            group = "en" if was["en"] else "fr"
            return self._set(words[begin + was.start(group) :])
        if there := _IF_THERE.fullmatch(rest):
            return self._with(words[begin + there.start("x") :])
        if known := _IF_IS.fullmatch(rest):
            return self._altered(
                words[begin + known.start("t") : begin + known.end("t")],
                words[begin + known.start("q") :],
            )
        return self._also(re.sub(r"(?<=\w{3})ait\b", "e", words[begin:]))

    def _sounds(self, words: str, plain: str) -> str | None:
        """Music and silence: what is said of them takes the place of what was."""
        if not (sound.tunes(plain) or sound.silences(plain)):
            return None
        if re.match(r"(?:replace|change|swap|remplace|change)", plain):
            return None
        self.prompt = dropped(self.prompt, frozenset({Slot.MUSIC}))
        return self._also(_without_verb(words, plain))

    def _into(self, words: str, plain: str) -> str | None:
        found = _INTO.fullmatch(plain)
        if not found:
            return None
        group = next(name for name in ("x", "y", "z") if found[name])
        where = words[found.start(group) :]
        if re.match(r"(?:put|mets|place|met)[- ](?:me|moi)(?!\w)", plain):
            return self._set(where) if parts_of(where) else self._with(_me(self.french))
        if re.match(r"en (?:\w+)$", fold(where)) and fold(where)[3:] in phrases.COLOURS:
            return None
        if not parts_of(where):
            self.prompt = dropped(self.prompt, frozenset({Slot.PLACE}))
            return self._also(where, comma=False)
        return self._set(where)

    def _made(self, words: str, plain: str) -> str | None:
        """ "Fais tomber la neige", "fais danser le renard"."""
        if found := _MAKE_WEATHER.fullmatch(plain):
            named = {"pleuvoir": "pluie", "neiger": "neige", "la nuit": "nuit"}.get(
                found["x"], found["x"]
            )
            return self._set(named)
        if found := _MAKE_DO.fullmatch(plain):
            verb = phrases.VERBS.get(found["verb"], found["verb"])
            return self._also(f"{words[found.start('who') :]} {verb}")
        return None

    def _add(self, words: str, plain: str) -> str | None:
        if re.fullmatch(
            r"(?:ajoute|mets|add|put|include|rajoute|inclus)[- ](?:me|moi)(?: .*)?", plain
        ):
            rest = re.sub(r"^\w+[- ]\w+ ?", "", words)
            if ME.fullmatch(f"me {fold(rest)}".strip()) or not rest:
                return self._with(_me(self.french))
            return self._with(f"{_me(self.french)} {rest}")
        found = _ADD.fullmatch(plain)
        if found:
            if found["whom"]:
                whom = re.sub(
                    r"^(?:au|a la|a l')(?: |(?<='))", "le " if self.french else "", found["whom"]
                )
                return self._also(
                    f"{whom} {'avec' if self.french else 'with'} {words[found.start('z') :]}"
                )
            group = next(name for name in ("x", "y", "w") if found[name])
            return self._with(words[found.start(group) :])
        if found := _ON_SOMETHING.fullmatch(plain):
            return self._with(words[found.start("x") :])
        return None

    def _with(self, words: str) -> str:
        """The prompt with one thing more."""
        plain = fold(words)
        if ME.fullmatch(plain):
            words = _me(self.french)
        if phrases.is_weather(plain) or covered(words):
            return self._set(words)
        shown = shown_of(words)
        if sound.noises(words, shown) or marks.find(words, shown, french=self.french):
            return self._also(words)
        joined = re.match(r"(?:to|on|à) ", words.lower())
        return self._also(
            words if joined else f"{'avec' if self.french else 'with'} {words}", comma=False
        )


def _me(french: bool) -> str:
    return "moi" if french else "me"


def _paced(words: str, plain: str) -> str:
    """ "Slow it down" as a prompt says it."""
    for said, pattern in _PACED.items():
        if pattern.fullmatch(plain):
            return said
    return words


def _without_verb(words: str, plain: str) -> str:
    """The words without "add a", "mets"."""
    lead = re.match(
        r"(?:(?:add|include|insert|put|use|make it|with|have|there is|there's|ajoute|rajoute|mets|met|avec|fais|il y a|give it|give me)(?!\w)(?: some| in| de la| du| a| an| une?| moi)?(?!\w) ?)",
        plain,
    )
    return words[lead.end() :] if lead and lead.end() < len(words) else words
