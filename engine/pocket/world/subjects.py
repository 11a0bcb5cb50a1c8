"""Every subject Pocket may draw: its art, its words in English and French, how it moves.

The order is the order of the atlas and never changes; new subjects go at the end.
"""

from dataclasses import dataclass
from enum import StrEnum


class Home(StrEnum):
    """Where a subject is at ease when the words don't say where it stands."""

    GROUND = "ground"
    AIR = "air"
    WATER = "water"


class Gait(StrEnum):
    """How a subject goes along: what the renderer moves beside its position."""

    #: Steps: the lower rows sway.
    WALK = "walk"
    #: Wing beats: the sprite's height pulses.
    FLAP = "flap"
    #: Glides, rolls or floats, upright.
    GLIDE = "glide"


@dataclass(frozen=True)
class Subject:
    """One drawable thing."""

    name: str
    #: Icon set ("noto", Apache-2.0, or "fluent", MIT; "own", ours) and icon it was drawn from.
    art: tuple[str, str]
    home: Home
    gait: Gait
    #: True when the icon faces left, so that the atlas mirrors it.
    flip: bool
    #: Other English words for it.
    english: tuple[str, ...]
    #: French words for it, without articles.
    french: tuple[str, ...]


def _s(name: str, art: str, home: str, gait: str, flip: bool, english: str, french: str) -> Subject:
    kind, icon = art.split(":")
    return Subject(
        name,
        (kind, icon),
        Home(home),
        Gait(gait),
        flip,
        tuple(w for w in english.split(",") if w),
        tuple(w for w in french.split(",") if w),
    )


SUBJECTS: tuple[Subject, ...] = (
    _s("cat", "noto:cat", "ground", "walk", True, "kitten,kitty,feline", "chat,chatte,chaton"),
    _s("dog", "noto:dog", "ground", "walk", True, "puppy,hound,doggy,pup", "chien,chienne,chiot"),
    _s("rabbit", "fluent:rabbit", "ground", "walk", True, "bunny,hare", "lapin,lapine,lièvre"),
    _s("penguin", "noto:penguin", "ground", "walk", True, "", "pingouin,manchot"),
    _s("owl", "noto:owl", "air", "flap", False, "", "hibou,chouette"),
    _s("bird", "noto:bird", "air", "flap", True, "birdie,sparrow,bluebird", "oiseau,moineau"),
    _s("duck", "noto:duck", "ground", "walk", True, "duckling,mallard", "canard,cane,caneton"),
    _s(
        "fish",
        "noto:tropical-fish",
        "water",
        "glide",
        True,
        "goldfish,tropical fish",
        "poisson,poisson rouge",
    ),
    _s("whale", "fluent:spouting-whale", "water", "glide", True, "", "baleine,cachalot"),
    _s("octopus", "noto:octopus", "water", "walk", True, "", "pieuvre,poulpe"),
    _s("crab", "noto:crab", "ground", "walk", False, "", "crabe"),
    _s("turtle", "noto:turtle", "ground", "walk", True, "tortoise", "tortue"),
    _s("frog", "noto:frog", "ground", "walk", False, "toad", "grenouille,crapaud"),
    _s("butterfly", "fluent:butterfly", "air", "flap", False, "moth", "papillon"),
    _s("horse", "noto:horse", "ground", "walk", True, "pony,stallion", "cheval,poney,jument"),
    _s("elephant", "noto:elephant", "ground", "walk", True, "", "éléphant"),
    _s("dinosaur", "noto:sauropod", "ground", "walk", True, "dino,brontosaurus", "dinosaure"),
    _s("dragon", "fluent:dragon", "air", "glide", True, "", "dragon,dragonne"),
    _s("car", "noto:automobile", "ground", "glide", True, "automobile,auto", "voiture,auto"),
    _s("bus", "fluent:bus", "ground", "glide", True, "coach", "bus,autobus,autocar"),
    _s(
        "train",
        "fluent:locomotive",
        "ground",
        "glide",
        True,
        "locomotive,steam train,engine",
        "train,locomotive",
    ),
    _s(
        "rocket",
        "noto:rocket",
        "air",
        "glide",
        False,
        "rocket ship,spaceship,spacecraft",
        "fusée,vaisseau,vaisseau spatial",
    ),
    _s(
        "airplane",
        "fluent:airplane",
        "air",
        "glide",
        False,
        "plane,aeroplane,jet,aircraft",
        "avion,jet",
    ),
    _s(
        "boat",
        "fluent:sailboat",
        "water",
        "glide",
        False,
        "sailboat,ship,sailing boat,yacht",
        "bateau,voilier,navire",
    ),
    _s(
        "ufo",
        "fluent:flying-saucer",
        "air",
        "glide",
        False,
        "flying saucer,saucer",
        "ovni,soucoupe,soucoupe volante",
    ),
    _s("apple", "fluent:red-apple", "ground", "glide", False, "", "pomme"),
    _s(
        "pizza",
        "fluent:pizza",
        "ground",
        "glide",
        False,
        "pizza slice,slice of pizza",
        "pizza,part de pizza",
    ),
    _s("cupcake", "fluent:cupcake", "ground", "glide", False, "muffin,cake", "gâteau,cupcake"),
    _s(
        "flower",
        "noto:sunflower",
        "ground",
        "glide",
        False,
        "sunflower,daisy",
        "fleur,tournesol,marguerite",
    ),
    _s("mushroom", "fluent:mushroom", "ground", "glide", False, "toadstool", "champignon"),
    _s("cactus", "noto:cactus", "ground", "glide", False, "", "cactus"),
    _s(
        "tree",
        "noto:evergreen-tree",
        "ground",
        "glide",
        False,
        "pine,fir,christmas tree",
        "arbre,sapin,pin",
    ),
    _s("balloon", "noto:balloon", "air", "glide", False, "", "ballon,ballon gonflable"),
    _s("star", "noto:star", "air", "glide", False, "", "étoile"),
    _s("heart", "noto:red-heart", "air", "glide", False, "love heart", "cœur,coeur"),
    _s("guitar", "fluent:guitar", "ground", "glide", False, "electric guitar", "guitare"),
    _s("house", "fluent:house", "ground", "glide", False, "cottage,home,hut", "maison,maisonnette"),
    _s("umbrella", "noto:umbrella", "air", "glide", False, "parasol", "parapluie,ombrelle"),
    _s("robot", "own:robot", "ground", "walk", False, "android,droid,bot", "robot,androïde"),
    _s("ghost", "fluent:ghost", "air", "glide", False, "phantom,spirit,spectre", "fantôme,spectre"),
    _s(
        "alien",
        "noto:alien-monster",
        "ground",
        "walk",
        False,
        "monster,space invader,martian",
        "extraterrestre,monstre,martien",
    ),
    _s("snowman", "fluent:snowman", "ground", "walk", False, "", "bonhomme de neige"),
    _s(
        "astronaut",
        "fluent:astronaut",
        "ground",
        "walk",
        False,
        "cosmonaut,spaceman,spacewoman",
        "astronaute,cosmonaute",
    ),
    _s(
        "wizard",
        "noto:mage",
        "ground",
        "walk",
        False,
        "mage,sorcerer,magician,witch",
        "sorcier,magicien,mage,sorcière",
    ),
    _s("ninja", "noto:ninja", "ground", "walk", False, "", "ninja"),
    _s("woman", "noto:woman-walking", "ground", "walk", True, "lady,girl", "femme,dame,fille"),
    _s(
        "man",
        "fluent:man-walking",
        "ground",
        "walk",
        True,
        "guy,boy,person",
        "homme,garçon,monsieur,personne",
    ),
    _s("mermaid", "noto:mermaid", "water", "glide", True, "", "sirène"),
    _s("fox", "own:fox", "ground", "walk", False, "vixen,foxes", "renard,renarde"),
)

BY_NAME = {s.name: s for s in SUBJECTS}
#: The atlas row of each subject.
INDEX = {s.name: i for i, s in enumerate(SUBJECTS)}
