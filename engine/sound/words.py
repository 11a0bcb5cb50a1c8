"""Sounds by their words, English and French: what a prompt asks to hear, how a place sounds.

It reads plain words and never guesses: what it does not know stays unheard.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TypeVar

from engine.sound.score import Bed, Floor, Kind, Mood

_T = TypeVar("_T")
_BEDS: Mapping[Bed, str] = {
    Bed.TIN_RAIN: r"(rain\w*|drops|pluie|gouttes)\b.*\b(tin|metal\w*|roof\w*|tent|umbrella|car"
    r"|window\w*|glass|tole|toit\w*|zinc|tente|parapluie|vitre\w*|fenetre\w*|carreaux)",
    Bed.RAIN: r"rain\w*|drizzl\w*|shower|downpour|storm\w*|monsoon|pluie|pleu\w*|averse|bruine"
    r"|orage\w*|tempete",
    Bed.WIND: r"wind|windy|breeze|gale|blizzard|storm\w*|desert|dunes?|mountains?|peaks?|canyon"
    r"|cliffs?|vent|brise|rafales?|bourrasque|blizzard|tempete|montagnes?|falaises?",
    Bed.LEAVES: r"leaves|forest|woods?|jungle|trees|feuill\w*|foret|bois|arbres",
    Bed.SEA: r"sea|ocean|waves?|surf|beach|shore|coast|mer|oceans?|vagues?|plage|rivage|cote",
    Bed.GULLS: r"(sea)?gulls?|harbou?r|beach|seaside|mouettes?|goelands?|port|plage",
    Bed.BIRDS: r"bird\s?song|birds?|chirping|meadow|garden|park|spring|oiseaux?|gazouill\w*|pre"
    r"|prairie|jardin|parc",
    Bed.CRICKETS: r"crickets?|cicadas?|summer night|grillons?|cigales?|nuit d ete",
    Bed.OWLS: r"owls?|hoot\w*|hiboux?|chouettes?",
    Bed.FROST: r"snow\w*|ice|icy|frost\w*|arctic|north pole|neige\w*|glace|givre|banquise"
    r"|pole nord",
    Bed.STREAM: r"stream|brook|river|creek|waterfall|fountain|ruisseau|riviere|cascade|fontaine",
    Bed.FIRE: r"fire|campfire|fireplace|flames?|crackl\w*|feu|cheminee|flammes?|crepit\w*",
    Bed.CITY: r"city|traffic|streets?|downtown|town|ville|circulation|rues?|trafic|boulevard",
    Bed.CROWD: r"crowd\w*|people talking|chatter|murmurs?|cafe|market|bar|foule|brouhaha|marche"
    r"|bistrot",
    Bed.UNDERWATER: r"under\s?water|under the sea|deep sea|coral\w*|bubbles|sous l eau|sous la mer"
    r"|fonds? marins?|bulles",
    Bed.SPACE: r"space|moon|galaxy|orbit|asteroids?|planet|espace|lune|galaxie|planete",
    Bed.ENGINE: r"engines?|motors?|motorbike|motorcycle|cars? driving|moteurs?|moto|voitures? qui",
    Bed.TRAIN: r"trains?|locomotive|railway|steam engine",
    Bed.JET: r"jets?|air\s?planes?|aircraft|rocket engine|avions?|reacteurs?",
    Bed.SAUCER: r"ufos?|flying saucer|theremin|ovnis?|soucoupes?",
    Bed.COMPUTER: r"computers?|robots?|beeping|ordinateurs?|bips",
    Bed.CLOCK: r"clocks?|ticking|tick tock|horloge|pendule|tic tac",
    Bed.HEART: r"heart\s?beats?|beating heart|battements? de coeur|coeur qui bat",
}
_KINDS: Mapping[Kind, str] = {
    Kind.THUNDER: r"thunder\w*|lightning|tonnerre|eclair|foudre|orage",
    Kind.BOOM: r"explo\w*|boom|bang|blast|detona\w*|cannon|fireworks?|bombe|canon|feux? d artifice",
    Kind.DOOR: r"doors?|gate|porte\w*|portail",
    Kind.KNOCK: r"knock\w*|toc toc|frapp\w*|cogne\w*",
    Kind.BELL: r"bells?|gong|chimes?|cloche\w*|carillon",
    Kind.GLASS: r"glass|shatter\w*|smash\w*|verre|vitre|se brise",
    Kind.HORN: r"horns?|honk\w*|klaxon\w*",
    Kind.SIREN: r"sirens?|alarm\w*|police|ambulance|sirenes?",
    Kind.LASER: r"lasers?|pew|blaster|ray ?gun|zap\w*",
    Kind.PHONE: r"phones?|rings?|ringing|telephone|sonn\w*",
    Kind.CLAP: r"clap\w*|applau\w*|cheer\w*|ovation",
    Kind.WHISTLE: r"whistl\w*|sifflet|siffle\w*",
    Kind.MAGIC: r"magic\w*|spell|sparkl\w*|transform\w*|appears?|wand|magie|magique|sort|apparait"
    r"|baguette|se transforme",
    Kind.COIN: r"coins?|treasure|gold|pieces?|tresor",
    Kind.CLICK: r"clicks?|switch|camera shutter|snap|clic|interrupteur|declencheur",
    Kind.SPLASH: r"splash\w*|dives?|plouf|plong\w*|eclabouss\w*",
    Kind.BARK: r"bark\w*|woof|dog|aboie\w*|aboiements?|ouaf|chien",
    Kind.MEOW: r"meow\w*|cat|kitten|purr\w*|miau\w*|chat|ronron\w*",
    Kind.CHIRP: r"tweets?|chirps?|cui cui|piaill\w*",
    Kind.QUACK: r"quack\w*|duck|coin coin|canard",
    Kind.CROAK: r"croak\w*|ribbit|frog|coass\w*|grenouille",
    Kind.HOOT: r"hoots?|owl|hulul\w*|hibou",
    Kind.ROAR: r"roar\w*|growl\w*|lion|monster|dragon|rugi\w*|grogn\w*|monstre",
    Kind.NEIGH: r"neigh\w*|whinn\w*|horse|henni\w*|cheval",
    Kind.BEEP: r"beeps?|bips?|robot",
    Kind.HOP: r"jumps?|hops?|leaps?|bounces?|saute|bondit|rebondit",
    Kind.LAND: r"lands?|falls?|drops to|thud|footsteps?|atterrit|tombe|pas",
    Kind.WHOOSH: r"whoosh\w*|swoosh\w*|zoom\w*|spins?|flies|turns?|tourne|vole|file|passe",
    Kind.IMPACT: r"hits?|crash\w*|slam\w*|punch\w*|impact|collid\w*|choc|percute|claque|cogne",
}
_MOODS: Mapping[Mood, str] = {
    Mood.TENDER: r"sad|melanchol\w*|lullaby|piano|tender|romantic|love|gentle|slow|calm|triste"
    r"|berceuse|tendre|romantique|amour|doux|douce|lent\w*|calme",
    Mood.SPOOKY: r"spooky|scary|horror|creepy|haunted|halloween|ghost\w*|eerie|effray\w*|horreur"
    r"|hante\w*|fantome\w*|lugubre",
    Mood.BRAVE: r"epic|heroic|adventure|battle|knight|war|march|boss|epique|heroique|aventure"
    r"|bataille|chevalier|guerre",
    Mood.NEON: r"neon|cyber\w*|synth\w*|retrowave|techno|hacker|rave|drum and bass|dubstep"
    r"|electro\w*|trap",
    Mood.PARTY: r"party|disco|danc\w*|funk\w*|club|eurodance|house music|fete|danse\w*|boum"
    r"|carnaval",
    Mood.DREAMY: r"dream\w*|ambient|ethereal|lo ?fi|chill|floating|reve\w*|planant\w*|onirique"
    r"|songe",
    Mood.SUNNY: r"happy|sunny|cheerful|upbeat|ukulele|joyful|joyeu\w*|gai\w*|ensoleill\w*"
    r"|entrain\w*",
}
_FLOORS: Mapping[Floor, str] = {
    Floor.SNOW: r"snow\w*|arctic|neige\w*|banquise",
    Floor.SAND: r"sand\w*|desert|beach|dunes?|moon|sable|plage|lune",
    Floor.WATER: r"sea|ocean|lake|river|water|puddles?|mer|lac|riviere|eau|flaques?",
    Floor.HARD: r"city|streets?|road|room|kitchen|floor|stage|ville|rues?|route|chambre|cuisine"
    r"|sol|scene",
}
_DROP = (
    r"(beat|bass|music|basse|musique|son) (s )?(drops?|tombe|explose|kicks? in|comes? in|demarre)"
    r"|drops? (of )?(the|le|la|de la|du|de) ?(beat|bass|basse|son)|beat drop|(the |le |big )*drop$"
)


def beds(words: str) -> dict[Bed, float]:
    """The sounds that go on in what the words say, each with its level."""
    found = dict.fromkeys(_found(words, _BEDS), 1.0)
    if Bed.TIN_RAIN in found:
        found.pop(Bed.RAIN, None)
    return found


def kinds(words: str) -> tuple[Kind, ...]:
    """The sounds that happen in what the words say."""
    return tuple(_found(words, _KINDS))


def mood(words: str) -> Mood | None:
    """What the words make of the music; None where they say nothing of it."""
    return next(iter(_found(words, _MOODS)), None)


def floor(words: str) -> Floor:
    """What feet fall on there."""
    return next(iter(_found(words, _FLOORS)), Floor.SOFT)


def is_drop(words: str) -> bool:
    """Whether the words are of the beat that drops."""
    return bool(_pattern(_DROP).search(folded(words)))


def folded(text: str) -> str:
    """Lower-case words without accents, one space between."""
    flat = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    plain = "".join(c for c in flat if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def _found(words: str, table: Mapping[_T, str]) -> Iterable[_T]:
    text = folded(words)
    return (value for value, pattern in table.items() if _pattern(pattern).search(text))


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b")
