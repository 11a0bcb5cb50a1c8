# ruff: noqa: E501
"""Parts of a prompt that one wish holds once, and where they stand: hour, weather, place, pace, …

They are for rewriting: a remix that says "night" takes the place of the hour that was there. The
tables hold whole phrases ("on a rainy night"), so that a phrase taken out leaves a sentence.
"""

import re
from dataclasses import dataclass
from enum import Enum

from bots.studio.director import camera, sound, style
from bots.studio.director.text import CLAUSE, Cue, Finder


class Slot(Enum):
    """What a phrase is about."""

    HOUR = "hour"
    WEATHER = "weather"
    PLACE = "place"
    CAMERA = "camera"
    STYLE = "style"
    PACE = "pace"
    MUSIC = "music"


@dataclass(frozen=True)
class Part:
    """A phrase of the prompt that fills slots."""

    slots: frozenset[Slot]
    #: Characters of the text.
    start: int
    end: int


_ADJ = (
    r"(?:(?:rainy|sunny|starry|dark|foggy|snowy|stormy|misty|windy|cloudy|cold|warm|hot|summer|winter|spring|autumn|fall|late|early|bright|beautiful"
    r"|moonless|full|clear|quiet|calm|grey|gray|golden|pink|red|orange|purple|dramatic|blazing|gorgeous|moonlit|polar|broad|lovely|glorious|deep|the dead of) ){0,3}"
)
_HOUR = (
    r"(?:night ?time|night sky|nights?|midnight|day ?time|day ?light|days?|noon|midday|mornings?|afternoons?|evenings?|sunsets?|dusk|twilight|dawn"
    r"|sunrise|daybreak|golden hour|blue hour|magic hour|moon ?light|starlight|sundown|sunshine|sun ?light|full moon|setting sun|rising sun)"
)
_HOUR_FR = (
    r"(?:nuits?|minuit|plein jour|jours?|journees?|midi|petit matin|matins?|apres-midi|soirs?|soirees?|couchers? d[eu] soleil|soleil couchant"
    r"|aube|aurore|lever d[eu] soleil|soleil levant|crepuscule|heure doree|heure bleue|clair de lune|pleine lune|plein soleil|grand soleil)"
)
_FR_ADJ = (
    r"(?: (?:pluvieuse?s?|ensoleillee?s?|etoilee?s?|brumeuse|brumeux|neigeuse|neigeux|orageuse|orageux|sombre|noire|froide?|chaude?|calme|claire?"
    r"|d'ete|d'hiver|d'automne|de printemps|de pluie|d'orage|grise?|glaciale?|de neige|de tempete|tres|rose|rouge|flamboyant|magnifique|sans lune)){0,2}"
)
_DETS = r"(?:(?:the|a|an|one|le|la|les|un|une|its|his|her|some) |l')?"

_HOURS: dict[str, str] = {
    "hour": rf"(?:(?:at|in|by|during|on|under|into|late at|all|set at|taking place at) )?{_DETS}{_ADJ}{_HOUR}(?! (?:in the life|club|stand|vision|bus|market))"
    rf"|(?:(?:at|under) )?(?:the )?stars(?= ?(?:[,.;]|$))|under (?:the |a )?(?:stars|moon|starry sky|blue sky|moonlit sky|blazing sun|bright sun)|moonlit|starlit|(?:starry|night) sky|in the dark"
    rf"|(?:(?:a|au|aux|de|en|par|dans|pendant|sous|vers|durant|en pleine|au beau milieu de|tard) )?{_DETS}(?:(?:en )?(?:pleine|belle|petit|fin d') ?)?{_HOUR_FR}{_FR_ADJ}"
    r"|sous (?:les etoiles|la lune|un ciel etoile|le ciel etoile)|nocturne|ciel etoile",
}
_WEATHERS: dict[str, str] = {
    "weather": r"(?:(?:in|under|during|through|with|on) )?(?:(?:the|a|an|some) )?(?:(?:heavy|light|pouring|falling|thick|dense|gentle|soft|summer|morning|driving|big|bad|torrential|blinding|fierce|raging|clear|cloudy|blue|rainy|sunny|snowy|stormy|foggy) ){0,2}"
    r"(?:rain ?storms?|rain(?:fall)?(?! ?(?:drop|bow|coat|forest| ?boots|jacket))|rain ?drops|thunder ?storms?|storms?|downpour|drizzle|showers?|snow ?fall|snow ?storms?|snow ?flakes?|blizzard|fog|mist|haze|hail|sandstorm|clear sky|clear skies|blue sky|cloudy sky|overcast sky|sunny (?:day|weather))(?: falling| falls| pouring)?"
    r"|(?:while |as |and |where |when )?it(?: is|'s)? (?:rains|raining|snows|snowing|storming|pouring)|(?:snow|rain) (?:is )?fall(?:s|ing)|(?:falling|while it) snow|raining|snowing|rainy|snowy|sunny|stormy|foggy|misty|windy|cloudy|overcast|rain-soaked|sunlit"
    r"|(?:(?:sous|dans|pendant|avec|par) )?(?:la |le |l'|les |une |un |de la |du |des )?(?:(?:forte|grosse|petite|fine|legere) )?(?:pluie|neige qui tombe|averse|orage|tempete(?: de (?:neige|sable))?|brouillard|brume|blizzard|flocons(?: de neige)?|chutes? de neige|bruine|grele|temps (?:gris|ensoleille|clair))(?: (?:battante|epaisse?|epais|torrentielle|fine|qui tombe|dense))?"
    r"|sous la neige|(?:il |qu'il |pendant qu'il |et il |alors qu'il )?(?:pleut|pleuve|neige(?= ?(?:[,.;]|$))|neigeait|pleuvait)|pluvieu(?:x|se)|ensoleillee?|neigeu(?:x|se)|brumeu(?:x|se)|orageu(?:x|se)|au soleil|il fait (?:beau|gris|soleil)|(?:(?:avec |par )?(?:un )?)(?:beau|mauvais) temps|(?:nice|good|bad|fine) weather|ciel (?:bleu|degage|clair)",
}
_PREP = r"(?:in the middle of|at the bottom of|on top of|at the top of|in front of|next to|at the edge of|on the edge of|at the foot of|inside of|in|on|at|inside|outside|through|across|over|into|along|around|above|behind|beside|among|near|by|under|beneath|underneath|down|up|onto|toward|towards)"
_SMALL = r"(?!(?:in|on|at|and|with|of|the|a|an|to|by|for|from|over|under|through|near|while|as|that|who|is|its|his|her|wearing|holding|riding)(?!\w))"
_PLACE = (
    r"(?:desert|deserts|beach|beaches|forests?|woods|jungle|rain ?forest|city|cities|towns?|village|streets?|alley|alleyway|roads?|highway|freeway|bridge|mountains?|hills?|hillside|valley|canyon|cliffs?|caves?|cavern|sea|seaside|ocean|lake|river|pond|waterfall|island|shore|coast"
    r"|moon|mars|space|outer space|planet|galaxy|space ?station|spaceship|snow|ice|glacier|arctic|antarctica|tundra|north pole|south pole|meadow|fields?|grass|lawn|garden|park|playground|farm|barn|prairie|countryside|swamp|sand|dunes?|oasis|volcano|savanna|savannah|vineyard|orchard"
    r"|kitchen|bedroom|living room|bathroom|basement|attic|house|home|room|office|classroom|school|hospital|library|museum|church|cathedral|castle|palace|temple|tower|rooftop|roof|balcony|garage|warehouse|factory|restaurant|cafe|bar|diner|club|nightclub|discotheque|stadium|arena|gym|mall|supermarket|store|shop|market|station|subway|train station|airport|theat(?:er|re)|cinema|stage|studio|lab|laboratory|elevator|hallway|corridor|tunnel|parking lot|gas station|harbou?r|dock|port|pier|lighthouse|aquarium|zoo|circus|graveyard|cemetery|dungeon|ruins|pyramids?|bathtub|pool|swimming pool"
    r"|new york|paris|tokyo|london|venice|rome|las vegas|kyoto|berlin|egypt|japan|iceland|the alps|alps|downtown|times square|wild west|underwater|heaven|hell|clouds|sky|skyline|water|waves|seabed|coral reef|reef|bottom of the (?:sea|ocean)|sahara|skatepark|football field|dance floor|dancefloor|igloo|tent|campsite)"
)
_DE_FR = r"(?:(?:le|la|les|un|une|des|du|mon|ma|son|sa|ce|cette) |l'|d'un |d'une )?"
_PREP_FR = r"(?:au milieu d[eu](?: la| l'| l)?|au fond d[eu](?: la| l'| l)?|au bord d[eu](?: la| l'| l)?|au sommet d[eu]|le long d[eu]|pres d[eu]|en haut d[eu]|dans|sur|sous|a|au|aux|en|chez|devant|derriere|a travers|vers|par|parmi|entre|au-dessus d[eu])"
_PLACE_FR = (
    r"(?:desert|plages?|forets?|bois|jungle|villes?|village|rues?|ruelle|routes?|autoroute|pont|montagnes?|collines?|vallee|canyon|falaises?|grottes?|mer|ocean|lac|riviere|etang|cascade|ile|rivage|cote|lune|mars|espace|planete|galaxie|station spatiale|vaisseau|neige|glace|banquise|glacier|pole nord|prairie|champs?|herbe|jardin|parc|ferme|campagne|sable|dunes?|oasis|volcan|savane"
    r"|cuisine|chambre|salon|salle de bains?|cave|grenier|maison|bureau|classe|ecole|hopital|bibliotheque|musee|eglise|cathedrale|chateau|palais|temple|tour|toits?|balcon|garage|entrepot|usine|restaurant|cafe|bar|boite de nuit|club|stade|gymnase|supermarche|magasin|marche|gare|metro|aeroport|theatre|cinema|scene|studio|labo(?:ratoire)?|ascenseur|couloir|tunnel|parking|port|quai|phare|aquarium|zoo|cirque|cimetiere|ruines|piscine|canape de la plage"
    r"|new york|paris|tokyo|londres|venise|rome|las vegas|kyoto|berlin|egypte|japon|islande|alpes|montmartre|marseille|far west|nuages|ciel|eau|vagues|recif|sahara|fond de l'ocean|fond de la mer|piste de danse|metropole)"
)
_PLACE_ADJ_FR = r"(?: (?:enneigee?s?|enchantee?|tropicale?|deserte?s?|abandonnee?|sombre|bondee?|medievale?|de sable|de bambous?|de pins|en ruines?|futuriste|vide|immense|rouge|bleue?|verte?|pluvieuse|ensoleillee?|brumeuse|calme|gelee?|de neige|magique|parisienne?|japonaise?|dechainee?))?"
_PLACES: dict[str, str] = {
    "place": rf"{_PREP} (?:(?:the|a|an|my|some|his|her|their|its|this|our|your) )?(?:{_SMALL}[\w'-]+ ){{0,3}}{_PLACE}(?: of (?:the )?(?!\d)\w+| at the bottom of the (?:sea|ocean))?|underwater|downtown|in (?:mid-?)?air|outdoors|indoors|under ?water|undersea"
    rf"|{_PREP_FR} ?{_DE_FR}(?:(?:petite?|grande?|vieux|vieille|immense|haute|plein milieu d[eu]) )?{_PLACE_FR}{_PLACE_ADJ_FR}|sous l'eau|sous l'ocean|sous la mer|dans l'espace|en ville|en mer|a la (?:plage|montagne|campagne|mer)|au bord de (?:la mer|l'eau)",
}
_PACES: dict[str, str] = {
    "pace": r"(?:in |very |super |so |really |way |much |a bit |a little |even |tout )?(?:slowly|quickly|slow[- ]?mo(?:tion)?|fast[- ]motion|time[- ]?lapse|hyperlapse|slower|faster|at full speed|at high speed|rapidly|sped up|speed(?:ed)? up|slowed down)"
    rf"|(?:(?:very|super|way|so|too|really) )?fast(?= ?(?:[,.;]|$))|{CLAUSE}slow(?= ?(?:[,.;]|$))"
    r"|(?:(?:tres|plus|bien plus|beaucoup plus|un peu plus|moins|super) )?(?:lentement|rapidement|vite|doucement)|(?:plus|moins) (?:lent|lente|rapide|lents|rapides)|(?:au |en )?ralenti|(?:en )?accelere|a toute (?:vitesse|allure)",
}
_FOUND = {
    Slot.HOUR: Finder(_HOURS),
    Slot.WEATHER: Finder(_WEATHERS),
    Slot.PLACE: Finder(_PLACES),
    Slot.PACE: Finder(_PACES),
}
_STYLE_AROUND = re.compile(
    r"(?:(?:in |in the |as |like |en |a l'|a la |au |facon |en mode |version )?(?:an? |une? |the )?(?:style |style of )?(?:de |d'|of |the )?)$"
)
_STYLE_AFTER = re.compile(
    r" (?:style|version|look|film style|movie|mode|drawing|painting|animation|aesthetic|vibes?)(?!\w)"
)
_CAMERA_BEFORE = re.compile(r"(?:with |and |avec |et |the |a |an |un |une |la |en |slow |lent )+$")
_CAMERA_AFTER = re.compile(r"(?: (?:slowly|gently|shot|lent|lentement|doucement))+(?!\w)")
_MUSIC_BEFORE = re.compile(
    r"(?:(?:with|and|to|some|a|the|upbeat|soft|loud|happy|sad|epic|dramatic|jazz|jazzy|techno|lofi|lo-fi|rock|piano|classical|orchestral|electronic|background|calm|relaxing|spooky|cheerful|80s|dance|pop|synth"
    r"|avec|et|une|de la|du|douce|petite) )+$"
)
_MUSIC_AFTER = re.compile(
    r"(?: (?:playing|plays|in the background|joyeuse|triste|douce|epique|rock|jazz|techno|pop|classique|electro|electronique|de fond|entrainante|calme|dramatique|disco|d'ambiance|lofi|festive|angoissante|romantique|des annees \d\d))+(?!\w)"
)
_HOUR_IN_WEATHER = re.compile(r"sunny|sunlit|ensoleille|plein soleil|grand soleil|blue sky")
_WEATHER_IN_HOUR = re.compile(
    r"rainy|sunny|foggy|snowy|stormy|misty|pluvieu|ensoleille|brumeu|neigeu|orageu|de pluie|d'orage|de neige|plein soleil|grand soleil|sunshine|blue sky"
)


def find(text: str, shown: str) -> list[Part]:
    """The parts of the text (as written; folded with speech hidden), in their order."""
    parts = [
        Part(frozenset({slot}), cue.start, cue.end)
        for slot, finder in _FOUND.items()
        for cue, denied in finder.find_all(shown)
        if not denied
    ]
    parts += [
        _around(shown, cue, Slot.CAMERA, _CAMERA_BEFORE, _CAMERA_AFTER)
        for cue in camera.find(shown)
    ]
    parts += [
        _around(shown, cue, Slot.STYLE, _STYLE_AROUND, _STYLE_AFTER)
        for cue in style.find(text, shown)
    ]
    parts += [
        _around(shown, cue, Slot.MUSIC, _MUSIC_BEFORE, _MUSIC_AFTER) for cue in sound.tunes(shown)
    ]
    parts += [Part(frozenset({Slot.MUSIC}), cue.start, cue.end) for cue in sound.silences(shown)]
    return _apart(_with_second_slots(shown, parts))


def _around(
    shown: str, cue: Cue, slot: Slot, before: re.Pattern[str], after: re.Pattern[str]
) -> Part:
    """The cue with the small words that go with it: "in an", "style"."""
    tail = after.match(shown, cue.end)
    if (
        slot is Slot.STYLE
        and not tail
        and re.match(r" (?!and|with|in|on|at|but|et|avec|dans|sur)\w", shown[cue.end :])
    ):
        # "a cyberpunk city": the article is the city's.
        return Part(frozenset({slot}), cue.start, cue.end)
    lead = before.search(shown, max(0, cue.start - 40), cue.start)
    start = lead.start() if lead and _begins_a_word(shown, lead.start()) else cue.start
    return Part(frozenset({slot}), start, tail.end() if tail else cue.end)


def _begins_a_word(shown: str, at: int) -> bool:
    return at == 0 or not shown[at - 1].isalnum()


def _with_second_slots(shown: str, parts: list[Part]) -> list[Part]:
    """ "On a rainy night" tells of the hour and of the weather; "sunny" too."""
    made = []
    for part in parts:
        said = shown[part.start : part.end]
        slots = part.slots
        if Slot.HOUR in slots and _WEATHER_IN_HOUR.search(said):
            slots |= {Slot.WEATHER}
        if Slot.WEATHER in slots and _HOUR_IN_WEATHER.search(said):
            slots |= {Slot.HOUR}
        made.append(Part(slots, part.start, part.end))
    return made


def _apart(parts: list[Part]) -> list[Part]:
    """The parts without those that stand inside a longer one."""
    kept: list[Part] = []
    for part in sorted(parts, key=lambda each: (each.start - each.end, each.start)):
        if not any(part.start < other.end and other.start < part.end for other in kept):
            kept.append(part)
    return sorted(kept, key=lambda each: each.start)
