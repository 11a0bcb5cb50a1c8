# ruff: noqa: E501
"""The light of a scene, in the words people use for it, English and French.

The names on the left are the director's own: they are kept on plans, and `bots/words` translates
each (`light-…`).
"""

from bots.studio.director.text import Finder, unique

_COLOURED = r"(?:green|yellow|pink|orange|blue|purple|red|white|cyan|magenta)"
_THING = r"(?:lights?|signs?|glow|tubes?|lighting|lit|reflections?|letters)"

#: Light that belongs to an hour: another hour takes it away.
HOURLY = frozenset(
    {
        "sunset",
        "sunrise",
        "golden hour",
        "blue hour",
        "dusk",
        "moonlight",
        "starlight",
        "sunlight",
        "daylight",
    }
)

TABLE: dict[str, str] = {
    "sunset": r"sunsets?|sundown|setting sun|couchers? d[eu] soleil|soleil couchant",
    "sunrise": r"sunrise|dawn|daybreak|first light|rising sun|aube|aurore(?! boreale)|levers? d[eu] soleil"
    r"|soleil levant|petit matin",
    "golden hour": r"golden[- ]hour|magic hour|heure doree|golden light|lumiere doree",
    "blue hour": r"blue hour|heure bleue",
    "dusk": r"dusk|twilight|crepuscule",
    "aurora": r"northern lights|aurora(?: borealis)?|aurores? boreales?",
    "moonlight": r"moon ?light|moonlit|full moon|light of the moon|lit by the moon|clair de lune|pleine lune"
    r"|lumiere de (?:la )?lune",
    "starlight": r"starlight|starlit|starry (?:night|sky)|ciel etoile|nuit etoilee|(?:lueur|lumiere) des etoiles",
    "sunlight": r"sun ?light|sunlit|sunshine|sunny|sun ?beams?|bright sun|blazing sun|ensoleillee?s?|plein soleil"
    r"|lumiere du soleil|rayons? de soleil|grand soleil",
    "volumetric": r"volumetric(?: light(?:ing)?| fog| rays)?|god ?rays|crepuscular rays|light shafts"
    r"|(?:shafts|beams|rays) of light|lumiere volumetrique|rais de lumiere|rayons? de lumiere",
    "candlelight": r"candle[- ]?light|candle[- ]?lit|lit (?:only )?by (?:\w+ )?candles?|(?:light|glow) of (?:a |the )?candles?"
    r"|(?:eclairee?s? )?(?:a la|aux|par (?:une|des|la)) (?:bougies?|chandelles?)"
    r"|(?:lueur|lumiere) (?:d'une |de la |des |d'un )?(?:bougies?|chandelles?)",
    "firelight": r"fire[- ]?light|fire[- ]?lit|campfire (?:light|glow)|lit by (?:a |the )?(?:camp)?fire"
    r"|(?:light|glow) of (?:a |the )?(?:camp)?fire|torch[- ]?light|torch[- ]?lit|lit by torches"
    r"|(?:lueur|lumiere) (?:du feu|d'un feu|des flammes|des torches|d'une torche)|eclairee?s? par (?:un|le) feu"
    r"|eclairee?s? aux? (?:torches?|flambeaux)",
    "lamplight": r"lamp ?light|lamplit|street ?lights?|street ?lamps?|lantern ?light|lantern[- ]lit|lit by lanterns"
    r"|lampadaires?|reverberes?|(?:lueur|lumiere) d(?:'une|e la|es) (?:lampes?|lanternes?)",
    "neon": rf"(?<!tetra )(?<!poisson )(?<!rose )(?<!jaune )(?<!vert )(?<!orange )neons?(?: {_COLOURED})?[- ]{_THING}"
    rf"|(?<!tetra )(?<!poisson )(?<!poissons )(?<!rose )(?<!jaune )(?<!vert )(?<!orange )neons?"
    rf"(?! (?:tetras?|fish|genesis|gas|atom|{_COLOURED}|jackets?|leggings|shirt)(?!\w))",
    "strobe": r"strobes?(?: lights?)?|strobing|stroboscop\w{1,6}",
    "disco lights": r"disco (?:ball|lights?)|boules? a facettes|boule disco",
    "laser lights": r"laser (?:lights?|show|beams)|jeux? de lasers?|rayons laser",
    "rim light": r"rim[- ]?light(?:s|ing|ed)?|rim[- ]?lit|edge[- ]light(?:ing)?|lumiere de contour|lisere (?:de lumiere|lumineux)",
    "backlight": r"back[- ]?light(?:s|ing)?|back[- ]?lit|contre[- ]jour|lit from behind|eclairee?s? par derriere",
    "silhouette": r"silhouettes?|silhouetted|ombres? chinoises?",
    "soft light": r"soft (?:\w+ )?light(?:ing)?|diffused? light(?:ing)?|softbox|softly lit|lumiere (?:douce|diffuse|tamisee)",
    "hard light": r"(?:hard|harsh) light(?:ing)?|harsh shadows|lumiere (?:dure|crue)|eclairage (?:dur|cru)",
    "warm light": r"warm (?:\w+ )?(?:light(?:ing)?|glow)|lumiere (?:chaude|chaleureuse)",
    "cold light": r"(?:cold|cool) (?:\w+ )?light(?:ing)?|lumiere (?:froide|glaciale)",
    "dim light": r"dim (?:\w+ )?light(?:ing)?|dimly lit|penombre|faible lumiere|lumiere faible|faiblement eclairee?",
    "low key": r"low[- ]key(?: light(?:ing)?| lit|(?=[,.;\n]|$))",
    "high key": r"high[- ]key(?: light(?:ing)?)?",
    "chiaroscuro": r"chiaroscuro|clair[- ]obscur",
    "studio light": r"studio light(?:s|ing)?|three[- ]point light(?:ing)?|(?:lumiere|eclairage) (?:de )?studio",
    "spotlight": r"spot ?lights?|spot ?lit|sous (?:les|un) projecteurs?|poursuite lumineuse",
    "overcast": r"overcast|cloudy (?:sky|skies|day|light)|(?:grey|gray) sk(?:y|ies)|ciel (?:couvert|gris|nuageux)|temps gris",
    "lightning": r"lightning(?! mcqueen)|(?<!un )eclairs?(?! (?:au|a la|cafe|geant))",
    "bioluminescence": r"bioluminescen(?:t|ce|te|tes|ts)",
    "lens flare": r"lens[- ]?flares?|flares? (?:optiques?|anamorphiques?)|halo solaire",
    "dappled light": r"dappled (?:\w+ )?(?:light|shade|sun ?light)|lumiere tachetee",
    "black light": r"black ?lights?|blacklight|uv light(?:s|ing)?|lumiere noire",
    "fluorescent light": r"fluorescent (?:light(?:s|ing)?|tubes?|bulbs?)|lumiere fluorescente|tubes? fluorescents?",
    "daylight": r"daylight|natural light(?:ing)?|lumiere (?:du jour|naturelle)|en plein jour",
}

_FINDER = Finder(TABLE)


def find(folded: str) -> tuple[str, ...]:
    """The lights of the text by name, in their order."""
    return unique(cue.value for cue in _FINDER.find(folded))
