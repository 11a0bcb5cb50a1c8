# ruff: noqa: E501
"""How a bare word of a wish is said inside a prompt: "night" → "at night", "pluie" → "sous la pluie".

Also what stays of a phrase when half of it is taken away: "a rainy night" without its hour.
"""

import re

from bots.studio.director.text import word_set

_SAID: dict[str, str] = {
    "at night": r"night(?:-?time)?",
    "by day": r"day(?:time)?",
    "at noon": r"noon|midday",
    "at midnight": r"midnight",
    "at dawn": r"dawn|daybreak",
    "at sunrise": r"(?:a )?sunrise",
    "at sunset": r"(?:a )?sunset|sundown",
    "at dusk": r"dusk|twilight",
    "at golden hour": r"golden hour",
    "at blue hour": r"blue hour",
    "in the morning": r"(?:the )?morning",
    "in the afternoon": r"(?:the )?afternoon",
    "in the evening": r"(?:the )?evening",
    "in moonlight": r"moon ?light",
    "on a sunny day": r"sunny|a sunny day|sunshine|bright and sunny",
    "in the rain": r"(?:some |heavy |a bit of |the )?rain|rainy|raining|(?:while )?it(?:'s| is)? (?:rains?|raining|rained)",
    "while it snows": r"(?:some |a bit of |the )?snow|snowy|snowing|(?:while )?it(?:'s| is)? (?:snows?|snowing|snowed)|snowfall|falling snow",
    "in the fog": r"(?:some |thick )?fog|foggy",
    "in the mist": r"mist|misty",
    "in a storm": r"storm|a storm|stormy|a thunderstorm|thunderstorm",
    "under a clear sky": r"clear sky|clear skies",
    "under a blue sky": r"blue sky",
    "sous un ciel bleu": r"ciel bleu",
    "sous un ciel dégagé": r"ciel (?:degage|clair)",
    "par beau temps": r"beau temps|il fait beau",
    "in the wind": r"wind|windy",
    "la nuit": r"nuit|la nuit",
    "de jour": r"jour|le jour",
    "à midi": r"midi",
    "à l'aube": r"aube|l'aube|(?:un )?lever d[eu] soleil",
    "au coucher du soleil": r"(?:un |le )?coucher d[eu] soleil|soleil couchant",
    "au crépuscule": r"(?:le )?crepuscule",
    "à l'heure dorée": r"(?:l')?heure doree",
    "le matin": r"(?:le )?matin",
    "le soir": r"(?:le )?soir",
    "l'après-midi": r"(?:l')?apres-midi",
    "sous la pluie": r"(?:de la |la |une )?pluie|pluvieu(?:x|se)|(?:il |qu'il )?(?:pleut|pleuvait|pleuve)",
    "sous la neige": r"(?:de la |la )?neige|neigeu(?:x|se)|(?:il |qu'il )?(?:neige|neigeait)|enneigee?",
    "dans le brouillard": r"(?:du |le )?brouillard|brumeu(?:x|se)",
    "sous le soleil": r"(?:du |le |un )?soleil|ensoleillee?",
    "dans la tempête": r"(?:une |la )?tempete|orageu(?:x|se)",
}
_SAID_PATTERNS = [(said, re.compile(bare)) for said, bare in _SAID.items()]
_DESCRIBED = re.compile(
    r"(?:a |an )?((?:[\w-]+ ){1,2}(?:night|day|morning|afternoon|evening|sunset|dawn|sunrise|dusk))"
)
_DESCRIBED_FR = re.compile(
    r"(?:une |un )?((?:nuit|journee|matinee|soiree)|(?:matin|soir|jour|apres-midi|aube))( [\w' -]+)"
)

_WEATHER_LEFT: dict[str, str] = {
    "in the rain": r"rainy",
    "while it snows": r"snowy",
    "in the fog": r"foggy|misty",
    "in a storm": r"stormy",
    "sous la pluie": r"pluvieu|de pluie",
    "sous la neige": r"neigeu|de neige",
    "dans le brouillard": r"brumeu",
    "dans l'orage": r"orageu|d'orage",
}
_HOUR_LEFT: dict[str, str] = {
    "at night": r"night",
    "in the morning": r"morning",
    "in the afternoon": r"afternoon",
    "in the evening": r"evening",
    "by day": r"(?<!sunny )day",
    "at sunset": r"sunset",
    "at dawn": r"dawn|sunrise",
    "la nuit": r"nuit",
    "le matin": r"matin",
    "l'après-midi": r"apres-midi",
    "le soir": r"soir",
    "à l'aube": r"aube",
}

#: Colours and the like, as words after or before a noun.
COLOURS = word_set(
    """
    red orange yellow green blue purple violet pink white black brown gold golden silver grey
    gray teal turquoise cyan magenta crimson scarlet emerald beige rainbow lime maroon navy
    indigo lavender multicolored rouge jaune vert verte bleu bleue mauve rose blanc blanche noir
    noire marron dore doree argente argentee gris grise roux rousse violette multicolore brun
    brune rouges bleus bleues verts vertes
    """
)
#: Other words that describe a noun; a wish of one of these is about the noun it names.
ADJECTIVES = word_set(
    """
    tired lonely brave wise mad crazy grumpy strange elderly dark lost lazy shy cheerful scared
    nervous dying drunk big small tiny giant huge large little old young tall short fat thin
    fluffy furry shiny wet dirty happy sad angry sleepy cute scary evil friendly funny metallic
    transparent invisible glowing golden wooden robotic ancient rusty fast striped spotted muddy
    bald hairy pregnant gros grosse petit petite grand grande geant geante enorme vieux vieille
    jeune joyeux triste mechant mechante mignon mignonne minuscule brillant brillante poilu
    poilue mouille mouillee drole effrayant gentil gentille metallique ailes immense
    """
)
BASES = {
    "bigger": "big", "smaller": "small", "larger": "large", "older": "old", "younger": "young", "taller": "tall", "shorter": "short",
    "fatter": "fat", "thinner": "thin", "happier": "happy", "sadder": "sad", "angrier": "angry", "cuter": "cute", "scarier": "scary",
    "fluffier": "fluffy", "furrier": "furry", "shinier": "shiny", "wetter": "wet", "sleepier": "sleepy", "funnier": "funny", "hairier": "hairy",
}  # fmt: skip
#: Verbs as a wish says them ("make it jump", "fais-le danser") → as a prompt does.
VERBS = {
    "jump": "jumps", "dance": "dances", "run": "runs", "fly": "flies", "spin": "spins", "sleep": "sleeps", "walk": "walks", "sing": "sings",
    "wave": "waves", "laugh": "laughs", "smile": "smiles", "swim": "swims", "cry": "cries", "sit": "sits", "eat": "eats", "play": "plays",
    "wear": "wears", "hold": "holds", "ride": "rides", "look": "looks", "turn": "turns", "chase": "chases", "fall": "falls", "howl": "howls",
    "explode": "explodes", "drive": "drives", "climb": "climbs", "say": "says", "shake": "shakes", "hop": "hops", "drink": "drinks",
    "float": "floats", "roar": "roars", "bark": "barks", "wink": "winks", "talk": "talks", "fight": "fights", "yawn": "yawns", "stop": "stops",
    "whisper": "whispers", "shout": "shouts", "backflip": "backflips", "do": "does", "have": "has", "surf": "surfs", "melt": "melts",
    "sauter": "saute", "danser": "danse", "courir": "court", "voler": "vole", "tourner": "tourne", "dormir": "dort", "marcher": "marche",
    "chanter": "chante", "rire": "rit", "sourire": "sourit", "nager": "nage", "pleurer": "pleure", "manger": "mange", "jouer": "joue",
    "porter": "porte", "tomber": "tombe", "exploser": "explose", "grimper": "grimpe", "dire": "dit", "trembler": "tremble", "boire": "boit",
    "flotter": "flotte", "hurler": "hurle", "aboyer": "aboie", "parler": "parle", "faire": "fait", "surfer": "surfe", "fondre": "fond",
}  # fmt: skip


def said(words: str, plain: str) -> str:
    """The words (as written, and folded) as they stand in a prompt."""
    for phrase, pattern in _SAID_PATTERNS:
        if pattern.fullmatch(plain):
            return phrase
    described = _DESCRIBED.fullmatch(plain)
    if described and not plain.startswith(("at ", "in ", "on ", "by ", "the ", "under ")):
        return f"on {_an(words[described.start(1) : described.end(1)])}"
    described = _DESCRIBED_FR.fullmatch(plain)
    if described:
        article = (
            "une" if described[1] in ("nuit", "journee", "matinee", "soiree", "aube") else "un"
        )
        return f"par {article} {words[described.start(1) :]}"
    return words


def is_weather(plain: str) -> bool:
    """Whether the word is weather when a wish says no more than it: "snow"."""
    return plain in (
        "snow",
        "some snow",
        "the snow",
        "neige",
        "la neige",
        "de la neige",
        "it snow",
        "wind",
    )


def weather_left(plain: str) -> str:
    """What stays of "a rainy night" without its hour."""
    return next((said for said, bare in _WEATHER_LEFT.items() if re.search(bare, plain)), "")


def hour_left(plain: str) -> str:
    """What stays of "a rainy night" without its weather."""
    return next((said for said, bare in _HOUR_LEFT.items() if re.search(bare, plain)), "")


def _an(words: str) -> str:
    return f"an {words}" if words[:1].lower() in "aeiou" else f"a {words}"
