# ruff: noqa: E501
"""Named looks, in the words people use for them, English and French.

The names on the left are the director's own: they are kept on plans, and `bots/words` translates
each (`style-…`). A preset may offer looks of other names: those are options.
"""

from bots.studio.director.text import CLAUSE, Cue, Finder

_LOOK = r"(?: (?:style|film|movie|footage|photo|photograph|photography|clip|video|shot|look|cinematography|drawing))"

TABLE: dict[str, str] = {
    "black and white": rf"black (?:and|&) white(?={_LOOK}|[,.;:!\n]|$)|{CLAUSE}black (?:and|&) white|in black (?:and|&) white"
    rf"|b&w|monochrome|en noir et blanc|{CLAUSE}noir et blanc",
    "noir": r"film noir|neo[- ]noir|noir (?:style|film|detective|movie|thriller|look|lighting)|style noir|polar noir",
    "silent movie": r"silent (?:film|movie)(?: style| look)?|(?:film|cinema) muet",
    "stop motion": r"stop[- ]motion|image par image|animation en volume",
    "claymation": r"claymation|clay animation|play-?doh|plasticine|(?:in|of|made of) clay|pates? a modeler",
    "pixel": r"pixel[- ]?art|pixelated|8[- ]?bit|16[- ]?bit|pixelisee?s?|pixel (?:style|look)|style pixel|en pixels?",
    "cartoon": r"cartoons?|cartoony|cartoonish|dessins? animes?|looney tunes",
    "anime": r"anime|manga|(?:studio )?ghibli|miyazaki|japanimation",
    "3d animation": r"pixar|(?:3d|cgi) (?:animation|animated|render|cartoon|style)|disney|animation 3d|rendu 3d|en 3d|in 3d|dreamworks",
    "comic": r"comic[- ]?book|comics|comic (?:style|strip|panel)|graphic novel|bande dessinee|style bd|en bd",
    "watercolor": r"water[- ]?colou?rs?|aquarelles?",
    "oil painting": r"oil[- ]paint(?:ing|ed|ings|s)?|peintures? a l'huile|van gogh|impressionist|impressionniste|monet",
    "ink": r"ink (?:drawing|wash|painting|style|sketch)|sumi[- ]e|encre de chine|a l'encre|lavis",
    "sketch": r"(?:pencil|charcoal|hand[- ]drawn) (?:sketch|drawing|style)|sketch(?:ed)? style|hand[- ]drawn|(?:pencil )?sketch(?=[,.;\n]|$)"
    r"|(?:dessin )?au (?:crayon|fusain)|crayonnee?|croquis|dessinee?s? a la main",
    "ukiyo-e": r"ukiyo[- ]?e|japanese woodblock|hokusai|estampe japonaise",
    "pop art": r"pop[- ]art|warhol",
    "paper": r"paper[- ]?cut(?:[- ]?outs?)?|cut[- ]?out animation|papier (?:decoupe|mache)|paper ?craft|tout en papier|made of paper",
    "origami": r"origami",
    "lego": r"lego",
    "felt": r"felted|(?:needle )?felt (?:animation|style|puppets?)|made of felt|in felt|en feutrine",
    "puppets": r"muppets?(?: style)?|puppet (?:animation|style)|marionnettes?",
    "low poly": r"low[- ]poly|playstation 1|ps1 (?:graphics|style|game)",
    "voxel": r"voxels?|minecraft",
    "vaporwave": r"vaporwave",
    "synthwave": r"synth ?wave|retrowave|outrun",
    "cyberpunk": r"cyber ?punk",
    "steampunk": r"steam ?punk",
    "solarpunk": r"solar ?punk",
    "vhs": r"vhs|camcorder|camescope|home video(?: style)?|home movie",
    "super 8": r"super ?-?8|8 ?mm|16 ?mm(?: film)?",
    "vintage": r"vintage (?:film|look|footage|style|photo|postcard)|retro (?:style|film|look)|old film|old movie|sepia|vieux film"
    r"|style (?:retro|vintage)|vieille pellicule|facon vintage",
    "documentary": r"documentar(?:y|ies)(?: style)?|nature documentary|documentaires?",
    "wes anderson": r"wes anderson",
    "surreal": r"surreal(?:ist|istic)?|surrealistes?|dali style",
    "photorealistic": r"photo[- ]?realis(?:tic|m)|hyper[- ]?realis(?:tic|m)|photorealistes?|hyperrealistes?|ultra[- ]?realis(?:tic|te)",
    "cinematic": r"cinematic|cinematographique",
    "realistic": r"realistic|realistes?|lifelike",
}

_FINDER = Finder(TABLE)
# "un marché animé" is lively; "style animé" is a look.
_LIVELY = ("style ", "en ", "version ", "mais ", "facon ", "mode ", "film ")


def find(text: str, folded: str) -> list[Cue]:
    """The looks of the text (as written, and folded), in their order."""
    return [cue for cue in _FINDER.find(folded) if not _lively(text, folded, cue)]


def first(text: str, folded: str) -> str | None:
    """The look of the text: its first cue, "cinematic" and the like only where there is no other."""
    found = [cue.value for cue in find(text, folded)]
    telling = [
        value for value in found if value not in ("cinematic", "realistic", "photorealistic")
    ]
    return next(iter(telling or found), None)


def _lively(text: str, folded: str, cue: Cue) -> bool:
    if folded[cue.start : cue.end] != "anime" or text[cue.end - 1] not in "éÉ":
        return False
    return not folded[: cue.start].endswith(_LIVELY) and cue.start > 0
