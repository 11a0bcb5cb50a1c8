# ruff: noqa: E501
"""One wish of an instruction ("make the fox blue", "without the dog"), worked into a prompt.

Each rule takes a wish that it knows and gives the prompt back as it is then; the first that knows
it wins. A wish that no rule knows is said at the end of the prompt.
"""

import re

from bots.studio.director import marks, nouns, phrases, slots, sound
from bots.studio.director.placing import dropped, placed, shown_of, without_part
from bots.studio.director.slots import Part, Slot
from bots.studio.director.text import fold, tidy, unique

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
_PRONOUN = r"(?:it|this|that|him|her|them|everything|the (?:scene|clip|video|whole thing|shot|background|setting|time|weather|style|look|camera|light|lighting|season)|le|la|les|l'|ca|tout|le (?:clip|decor|fond|style|temps|plan)|la (?:scene|video|lumiere|camera|saison)|l'(?:action|ambiance|image)|on|nous|us)"
ARROW = re.compile(r"(?P<old>.*?) ?(?:→|->|=>|⇒|➡️?) ?(?P<new>.+)")
_REPLACE = (
    ARROW,
    re.compile(
        r"(?:go |switch |move |change |passe[rz]? )(?:from|de) (?P<old>.+?) (?:to|a) (?P<new>.+)"
    ),
    re.compile(
        r"(?:replace|swap|switch|exchange|trade)(?: out)? (?P<old>.+?) (?:with|by|for|to|into) (?P<new>.+)"
    ),
    re.compile(
        r"(?:change|turn|transform|convert|make|morph) (?P<old>.+?) (?:to|into) (?P<new>.+)"
    ),
    re.compile(
        r"(?:remplace[rz]?|echange|troque|change|transforme|tourne) (?P<old>.+?) (?:par|contre|en|pour) (?P<new>.+)"
    ),
    re.compile(
        r"(?:use |with |put |have )?(?P<new>.+?) (?:instead of|rather than|in place of) (?P<old>.+)"
    ),
    re.compile(
        r"(?:mets |avec )?(?P<new>.+?) (?:au lieu d[eu]s?|a la place d[eu]s?|plutot que?)(?: |(?<='))(?P<old>.+)"
    ),
    re.compile(r"(?:mets |avec )?(?P<new>.+?) (?:au lieu d'|a la place d')(?P<old>.+)"),
)
_REMOVE = re.compile(
    r"(?:(?:and |et |but |mais )?(?:without|remove|delete|lose|drop|minus|get rid of|take (?:out|away|off)|no more|no|erase|ditch|hide|skip|sans|enleve[rz]?|retire[rz]?|supprime[rz]?|vire|efface|ote|pas d[e'u]s?|plus aucune?|fini))[- ]?(?:any |more |(?<=')| )?(?P<x>.+)"
)
_INTO = re.compile(
    rf"(?:put|move|set|place|bring|take|film|send|have|relocate|imagine|situate|shoot)(?: {_PRONOUN}| the [\w-]+)? (?P<x>(?:in|on|at|under|inside|into|to|over|near|by|through|during|underwater)(?!\w).*)"
    rf"|(?:mets|met|place|deplace|emmene|situe|filme|envoie|passe)(?:[- ]{_PRONOUN}| l[ea]s? [\w-]+| l'[\w-]+| m(?:on|a) [\w-]+)? (?P<y>(?:dans|sur|a|au|aux|en|sous|chez|pres|devant|la nuit|de nuit)(?!\w).*)"
    r"|(?:it takes place|takes place|set|happening|ca se passe|se passe|passe) (?P<z>(?:in|on|at|under|underwater|dans|sur|a|au|en|sous|de|la)(?!\w).*)"
)
_ON_SOMETHING = re.compile(r"(?:put|mets|met|place) (?P<x>(?:a|an|some|un|une|des|du) .+)")
_ADD = re.compile(
    r"(?:add(?: in)?|include|insert|with|plus(?= (?:a|an|un|une|des|du|de la|some|me|moi|@\w+) )|bring in|throw in|there is|there are|there's|we see|ajoute[rz]?(?:-y|-lui)?|rajoute[rz]?|avec|mets-(?:y|lui)|il y a|inclus|on voit)(?:[- ](?P<x>.+))"
    r"|(?:give|donne|have)(?:[- ](?:it|him|her|them|lui|leur))? (?P<y>(?:a|an|some|un|une|des|du) .+)|give (?:it|him|her|them) (?P<w>.+)"
    r"|(?:give|donne) (?P<whom>(?:the|le|la|my|au|a la|a l'|l') ?[\w-]+) (?P<z>(?:a|an|some|un|une|des) .+)"
)
_ALTER = re.compile(
    rf"(?:make|paint|colou?r|have|let|keep|dye|give|get)(?: (?P<p>{_PRONOUN})(?= )|(?= (?:the|my|his|her|both|all) )) (?P<q>.+)"
    r"|(?:rend[sz]?|mets|met|fais|fait|peins|colorie|faites)(?:-(?P<fp>le|la|les|ca|moi ca|en|lui)| (?P<fp2>ca|tout|tout ca))? (?P<fq>.+)"
)
_IS = re.compile(
    r"(?:que )?(?P<t>(?:the|my|le|la|les|l'|mon|ma) ?[\w' -]{1,40}?) (?:should be|must be|could be|is now|is|are|becomes?|est|sont|soit|soient|deviennent|devient|doi(?:t|vent) etre|en) (?P<q>.+)"
)
_SHOULD = re.compile(
    r"(?P<t>(?:the|my|le|la|les|l'|mon|ma) ?[\w'-]{1,30}) (?:should|must|could|can|has to|needs to|doit|devrait|peut|pourrait) (?!be(?!\w)|etre)(?P<verb>\w+)(?P<rest>.*)"
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
_DET_START = re.compile(r"(?:a|an|un|une|into a|into an|two|three|deux|trois|des|some) ")
_NUMBERS = "two|three|four|five|six|seven|eight|nine|ten|many|deux|trois|quatre|cinq|sept|huit|neuf|dix|plusieurs"
_ME = re.compile(
    r"(?:me|moi|myself|moi-meme)(?: (?:too|aussi|in it|in there|to it|in|dedans|dans la scene|into it|into the scene))?"
)
_DEGREE = re.compile(
    r"^(?:(?:more|very|really|super|much|a lot|way|tout|toute|tres|plus|bien plus|encore plus|a bit|un peu plus) )+"
)
_SHADE = re.compile(
    r"^(?:(?:bright|dark|light|pale|deep|hot|neon) )|(?: (?:vif|vive|fonce|foncee|clair|claire|pale|fluo|nuit|ciel))$"
)
_PACED = {
    "slowly": re.compile(r"slow (?:it |things |everything )?down|make it slow|slow"),
    "faster": re.compile(r"speed (?:it |things |everything )?up|make it (?:fast|quick)"),
    "au ralenti": re.compile(r"ralentis?(?:-le|-la)?|ralentir|mets(?:-le)? au ralenti"),
    "plus vite": re.compile(r"accelere(?:-le|-la)?|accelerer"),
}
_FILLER = re.compile(
    r"(?:(?:in|at|on|make|add|with|a|an|the|of|to|and|it|is|be|all|as|style|version|look|more|very|set|but|same|en|de|du|la|le|un|une|et|avec|au|sous|plus|tres|a l'|mode|d'une|par|some|heavy|really|super|now|still|bit|vibes?|scene|setting|clip|shot|just|switch|go|use|then|camera|fais|mets|passe|do|it's|like|movie|film|facon|version|so|ca|want)(?!\w)|[^\w])+"
)


class Change:
    """One wish of an instruction, worked into a prompt."""

    def __init__(self, prompt: str, french: bool, *, alone: bool) -> None:
        self.prompt, self.french, self.alone = prompt, french, alone

    def by(self, words: str) -> str:
        """The prompt with the words worked in."""
        words = self._plainly(words)
        plain = shown_of(words)
        if not words or _FILLER.fullmatch(plain):
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

    def _replace(self, words: str, plain: str) -> str | None:
        for pattern in _REPLACE:
            found = pattern.fullmatch(plain)
            if found:
                old, new = words[slice(*found.span("old"))], words[slice(*found.span("new"))]
                return self._instead(old.strip(), new.strip())
        return None

    def _instead(self, old: str, new: str) -> str:
        """What was called `old` is `new` now."""
        new = re.sub(r"^(?:only |just |plutot )", "", new)
        if re.fullmatch(_PRONOUN, fold(old)) or not old:
            return self._set(new, bare=True)
        shown = shown_of(self.prompt)
        gone = nouns.bare(old)
        noun = nouns.find(shown, old, french=self.french)
        if _parts(new) and (_parts(old) or not noun or self._is_where(noun, shown)):
            return self._instead_of_parts(old, gone, new)
        if noun:
            if _is_quality(fold(new)) and not _is_quality(gone):
                return self._altered(old, new)
            if gone in phrases.COLOURS and fold(new) in phrases.COLOURS:
                return f"{self.prompt[: noun.noun]}{new}{self.prompt[noun.noun_end :]}"
            return nouns.replaced(self.prompt, noun, new, french=self.french)
        return self._set(new)

    def _is_where(self, noun: nouns.Noun, shown: str) -> bool:
        """Whether the thing stands in a phrase of place: "on mars"."""
        return any(
            Slot.PLACE in part.slots and part.start <= noun.start and noun.end <= part.end
            for part in slots.find(self.prompt, shown)
        )

    def _instead_of_parts(self, old: str, gone: str, new: str) -> str:
        """The parts that `old` names, word for word or by what they are about, are `new`."""
        if fold(self.prompt).strip() == gone:
            return new
        about = frozenset(slot for part in _parts(old) for slot in part.slots)
        return self._set(new, also=about)

    def _remove(self, words: str, plain: str) -> str | None:
        found = _REMOVE.fullmatch(plain)
        if not found:
            return None
        what = words[found.start("x") :]
        kept = self.prompt
        for each in re.split(r",| (?:and|et|or|ou|nor|ni) ", what):
            kept = self._less(kept, each.strip())
        if kept == self.prompt:
            said = "sans" if self.french else "without"
            lead = words[: found.start("x")].strip(" -")
            lead = lead if fold(lead) in ("no", "without", "sans", "pas de", "pas d'") else said
            return self._also(f"{lead} {what}".replace("' ", "'"))
        return kept or self.prompt

    def _less(self, prompt: str, what: str) -> str:
        shown = shown_of(prompt)
        about = frozenset(slot for part in _parts(what, bare=True) for slot in part.slots)
        if about and not nouns.find(shown, what, french=self.french):
            return prompt
        name = nouns.bare(what)
        for part in slots.find(prompt, shown):
            if name and name in shown[part.start : part.end] and part.slots & (about or part.slots):
                return tidy(without_part(prompt, shown, part, about or part.slots))
        noun = nouns.find(shown, what, french=self.french)
        return tidy(nouns.removed(prompt, shown, noun)) if noun else prompt

    def _into(self, words: str, plain: str) -> str | None:
        found = _INTO.fullmatch(plain)
        if not found:
            return None
        group = next(name for name in ("x", "y", "z") if found[name])
        where = words[found.start(group) :]
        if re.match(r"(?:put|mets|place|met)[- ](?:me|moi)(?!\w)", plain):
            return self._set(where) if _parts(where) else self._with(_me(self.french))
        if re.match(r"en (?:\w+)$", fold(where)) and fold(where)[3:] in phrases.COLOURS:
            return None
        if not _parts(where):
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
            if _ME.fullmatch(f"me {fold(rest)}".strip()) or not rest:
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
        if _ME.fullmatch(plain):
            words = _me(self.french)
        if phrases.is_weather(plain) or _covered(words):
            return self._set(words)
        shown = shown_of(words)
        if sound.noises(words, shown) or marks.find(words, shown, french=self.french):
            return self._also(words)
        joined = re.match(r"(?:to|on|à) ", words.lower())
        return self._also(
            words if joined else f"{'avec' if self.french else 'with'} {words}", comma=False
        )

    def _alter(self, words: str, plain: str) -> str | None:
        if found := _ALTER.fullmatch(plain):
            pronoun = found["p"] or found["fp"] or found["fp2"]
            group = "q" if found["q"] else "fq"
            rest = words[found.start(group) :]
            if pronoun:
                return self._altered(None, rest)
            target, quality = self._target(rest)
            if not quality or not nouns.find(shown_of(self.prompt), target, french=self.french):
                return (
                    self._altered(None, re.sub(r"^(?:le|la|les) ", "", rest))
                    if not found["q"]
                    else self._also(rest)
                )
            return self._altered(target, quality)
        if found := _SHOULD.fullmatch(plain):
            verb = phrases.VERBS.get(found["verb"])
            who = words[slice(*found.span("t"))]
            return self._also(f"{who} {verb}{words[found.end('verb') :]}") if verb else None
        if (found := _IS.fullmatch(plain)) and nouns.find(
            shown_of(self.prompt), found["t"], french=self.french
        ):
            return self._altered(words[slice(*found.span("t"))], words[found.start("q") :])
        return None

    def _target(self, rest: str) -> tuple[str, str]:
        """ "The old fox blue" cut where the thing's name ends."""
        tokens = rest.split()
        known = set(re.findall(r"[^\W_]+", fold(self.prompt)))
        for n, token in enumerate(tokens[:5]):
            stem = fold(token).removeprefix("l'").removeprefix("d'")
            if (
                n + 1 < len(tokens)
                and (n or "'" in token)
                and (stem in known or stem.rstrip("s") in known)
            ):
                following = fold(tokens[n + 1])
                if following in known and following not in phrases.COLOURS and n + 2 < len(tokens):
                    continue
                return " ".join(tokens[: n + 1]), " ".join(tokens[n + 1 :])
        size = 1 if tokens and "'" in tokens[0] else 2
        return " ".join(tokens[:size]), " ".join(tokens[size:])

    def _altered(self, target: str | None, quality: str) -> str:
        """The prompt with the target (None for all of it) as the quality says."""
        for each in re.split(r" ?, ?| (?:and|et) (?!white|blanc)", quality, maxsplit=5):
            each = re.sub(
                r"^(?:(?:be|look|en|into|to be|become|all) )+",
                "",
                each.strip(),
                flags=re.IGNORECASE,
            )
            if re.match(r"(?:the|my|his|le|la|les|mon|ma) |l'", fold(each)) and (" " in each):
                other, its = self._target(each)
                known = its and nouns.find(shown_of(self.prompt), other, french=self.french)
                self.prompt = tidy(
                    self._one_quality(other, its, its) if known else self._also(each)
                )
            elif each:
                self.prompt = tidy(self._one_quality(target, each, quality))
        return self.prompt

    def _one_quality(self, target: str | None, quality: str, whole: str) -> str:
        plain = fold(quality)
        if phrases.is_weather(plain) or _covered(quality):
            return self._set(quality)
        if target is None and _covered(whole) and _parts(quality):
            return self._set(quality)
        shown = shown_of(self.prompt)
        noun = nouns.find(shown, target, french=self.french) if target else nouns.first(shown)
        if noun and (
            _DET_START.match(plain)
            or _ME.fullmatch(plain)
            or (target and _both_plural(target, plain))
        ):
            other = re.sub(r"^into ", "", quality)
            return nouns.replaced(self.prompt, noun, other, french=self.french)
        if noun and (described := self._described(noun, quality, target)):
            return described
        verb, _, rest = quality.partition(" ")
        if fold(verb) in phrases.VERBS:
            who = target or (self._first_name(noun) if noun else "")
            return self._also(f"{who} {phrases.VERBS[fold(verb)]} {rest}".strip())
        if target is None:
            return self._set(quality)
        if noun and " " not in quality:
            return nouns.described(self.prompt, noun, quality, french=self.french, colour=False)
        return self._also(f"{target} {quality}")

    def _described(self, noun: nouns.Noun, quality: str, target: str | None) -> str | None:
        """The prompt with a colour, or a quality of a thing that was named, on its noun."""
        plain = fold(quality)
        simple = _DEGREE.sub("", plain)
        base = phrases.BASES.get(simple, simple)
        colour = _SHADE.sub("", base) in phrases.COLOURS
        if not colour and not (target and base in phrases.ADJECTIVES):
            return None
        worded = quality[len(quality) - len(simple) :] if base == simple else base
        return nouns.described(self.prompt, noun, worded, french=self.french, colour=colour)

    def _first_name(self, noun: nouns.Noun) -> str:
        name = self.prompt[noun.noun : noun.noun_end]
        if not self.french:
            return f"the {name}"
        return f"{'la' if noun.article in ('une', 'la') else 'le'} {name}"

    def _set(self, words: str, *, bare: bool = False, also: frozenset[Slot] = frozenset()) -> str:
        """The words take the place of all in the prompt that is about the same."""
        plain = fold(words)
        parts = _parts(words, bare=phrases.is_weather(plain))
        if not parts:
            return self._unplaced(words, plain, bare=bare)
        about = frozenset(slot for part in parts for slot in part.slots)
        about |= _implied(plain, about) | also
        pieces = unique(phrases.said(words[p.start : p.end], plain[p.start : p.end]) for p in parts)
        said = _joined(pieces) if _covered(words) or phrases.is_weather(plain) else words
        return placed(self.prompt, about, said)

    def _unplaced(self, words: str, plain: str, *, bare: bool) -> str:
        shown = shown_of(self.prompt)
        noun = nouns.first(shown)
        base = phrases.BASES.get(plain, plain)
        if noun and base in phrases.COLOURS:
            return nouns.described(self.prompt, noun, words, french=self.french, colour=True)
        if (
            bare
            and self.alone
            and noun
            and re.fullmatch(r"(?:a|an|un|une) (?:[\w'-]+ ){0,2}[\w'-]+", plain)
        ):
            return nouns.replaced(self.prompt, noun, words, french=self.french)
        if noun and (number := re.fullmatch(rf"(?:{_NUMBERS}) ([\w-]+)", plain)):
            same = nouns.find(shown, number[1], french=self.french)
            if same:
                return nouns.replaced(self.prompt, same, words, french=self.french)
        return self._also(words)

    def _also(self, words: str, *, comma: bool = True) -> str:
        """The prompt with the words after it."""
        if not self.prompt:
            return words
        joint = (
            ", " if comma or re.search(r"[.,;!?:\"”»]$", self.prompt) or "," in self.prompt else " "
        )
        joint = " " if re.search(r"[.!?]$", self.prompt) else joint
        return f"{self.prompt}{joint}{words}"


def _me(french: bool) -> str:
    return "moi" if french else "me"


def _paced(words: str, plain: str) -> str:
    """ "Slow it down" as a prompt says it."""
    for said, pattern in _PACED.items():
        if pattern.fullmatch(plain):
            return said
    return words


def _both_plural(target: str, plain: str) -> bool:
    """Whether things are to be other things: "the pigeons", "flamingos"."""
    return fold(target).endswith(("s", "x")) and bool(re.fullmatch(r"\w{3,}s", plain))


def _is_quality(plain: str) -> bool:
    return plain in phrases.COLOURS or plain in phrases.ADJECTIVES


def _without_verb(words: str, plain: str) -> str:
    """The words without "add a", "mets"."""
    lead = re.match(
        r"(?:(?:add|include|insert|put|use|make it|with|have|there is|there's|ajoute|rajoute|mets|met|avec|fais|il y a|give it|give me)(?!\w)(?: some| in| de la| du| a| an| une?| moi)?(?!\w) ?)",
        plain,
    )
    return words[lead.end() :] if lead and lead.end() < len(words) else words


def _parts(words: str, *, bare: bool = False) -> list[Part]:
    plain = shown_of(words)
    if bare and phrases.is_weather(plain.strip()):
        return [Part(frozenset({Slot.WEATHER}), 0, len(words))]
    return slots.find(words, plain)


def _covered(words: str) -> bool:
    """Whether the words are parts and nothing else: "a sunny afternoon", but not "a rainy dog"."""
    parts = _parts(words)
    left, at = [], 0
    plain = shown_of(words)
    for part in parts:
        left.append(plain[at : part.start])
        at = part.end
    left.append(plain[at:])
    return bool(parts) and all(not piece.strip() or _FILLER.fullmatch(piece) for piece in left)


def _implied(plain: str, about: frozenset[Slot]) -> frozenset[Slot]:
    """What else gives way: a sunny day ends the rain, the night ends the sunshine."""
    if Slot.WEATHER in about and re.search(
        r"sunny|ensoleille|soleil(?! couchant)|sunshine|clear sk|blue sk", plain
    ):
        return frozenset({Slot.HOUR})
    if Slot.HOUR in about and re.search(r"plein soleil|grand soleil", plain):
        return frozenset({Slot.WEATHER})
    return frozenset()


def _joined(pieces: tuple[str, ...]) -> str:
    return (
        " ".join(pieces)
        if all(
            re.match(r"(?:at|in|on|by|under|while|sous|dans|la|le|de|au|à|par|sur|en) ", p)
            for p in pieces
        )
        else ", ".join(pieces)
    )
