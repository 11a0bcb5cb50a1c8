# ruff: noqa: E501
"""How a shot is filmed, in the words people use for it, English and French.

A cue is a whole phrase: "a crane flies by", "pan-fried" and "an orbiting satellite" are no cues.
"""

from bots.studio.director.text import CLAUSE, Cue, Finder
from storage.plan import Camera

_HOW = (
    r"(?: (?:slowly|gently|smoothly|quickly|steadily|then|suddenly|slow|fast|just|starts to|begins to"
    r"|is|qui|lentement|doucement|vite|rapidement|soudain|ensuite)){0,2}"
)
_CAM = rf"(?:(?:the|la|une|a) )?(?:camera|shot|lens){_HOW} "
_PACE = (
    r"(?:(?:slow|fast|quick|gentle|dramatic|smooth|steady|subtle|long|rapid|extreme|slight) ){0,2}"
)
_LENT = r"(?: (?:lent|lente|rapide|doux|leger|lentement|long))?"
_OBJECT = r"(?! (?:the|a|an|his|her|my|its|their|your)(?!\w))"

_TABLE: dict[str, str] = {
    Camera.DOLLY_ZOOM: r"dolly[- ]zooms?|vertigo (?:effect|shot|zoom)|zolly|hitchcock zoom|contra[- ]zoom"
    r"|travelling compense|zoom compense|effet (?:vertigo|hitchcock)|trans-?trav",
    Camera.HANDHELD: r"hand[- ]?held (?:camera|shot|cam|footage|style|look|feel|video|filming|camerawork|phone)"
    rf"|{CLAUSE}hand[- ]?held(?! (?:console|fan|device|mirror|game|radio|torch|vacuum|gps|computer|lantern|flag|drum))"
    r"|(?:filmed|shot|all|go|more) hand[- ]?held|shaky[- ]?cam(?:era)?|found[- ]footage|filmed by hand"
    r"|shaky phone footage|camera (?:a l'|a )?epaule|camera au poing|camera portee|filmee? a (?:la main|l'epaule)"
    r"|tournee? a l'epaule|a l'epaule facon reportage|camera (?:tremblante|qui tremble)",
    Camera.STATIC: r"static (?:shot|camera|frame|wide|angle|view|tripod)(?: shot)?"
    rf"|{CLAUSE}static(?=[,.;\n]|$)|locked[- ](?:off|down|camera)(?: shot| camera)?"
    r"|fixed (?:shot|camera|frame|angle)|tripod shot|(?:shot|filmed) on a tripod"
    r"|(?:no|without) camera (?:movement|motion|moves?)|(?:still|stationary|motionless|unmoving) camera"
    r"|camera (?:stays|remains|holds|is|kept|keeps) (?:perfectly |completely )?(?:still|static|fixed|put|steady|locked)"
    r"|camera (?:doesn't|does not|never) moves?|keep the camera still|plans? (?:fixe|statique)s?|cadre fixe"
    r"|camera (?:fixe|statique|immobile|posee)|sans mouvement de camera|camera ne bouge pas|sur (?:un )?trepied",
    Camera.ORBIT: rf"{_CAM}(?:orbits|orbiting|circles|circling|spins|rotates|revolves|moves|goes|turns|swirls|arcs)"
    r"(?: (?:all the way|slowly|smoothly))?(?: (?:around|round)| the| it| him| her)?"
    rf"|orbit(?:al|ing)? (?:shot|camera|move|view)|{_PACE}orbit (?:of|shot)"
    rf"|(?:{CLAUSE}|and |then |slow |smooth |an )orbit(?:s|ing)?(?: shot)?(?: slowly)?(?: around| round|(?=[,.;\n]|$))"
    r"|360(?:[- ]?degrees?|[- ]deg|°)?(?: camera)? (?:shot|spin|orbit|rotation|turn|view)|arc shots?|bullet time|"
    rf"{CLAUSE}(?:rotate|circle|revolve|rotating|circling) (?:slowly )?around"
    rf"|camera{_HOW} (?:tourne|orbite|gravite|tournoie|pivote|tourner)(?: lentement)? autour|camera circulaire"
    r"|(?:plan|camera|travelling|mouvement) (?:en orbite|orbitale?|circulaire|tournante?)(?: autour)?"
    rf"|{CLAUSE}orbite(?: lente)?(?: autour|(?=[,.;\n]|$))|rotation (?:a 360|autour)|on tourne autour",
    Camera.PAN_LEFT: rf"(?:{_CAM})?{_PACE}(?:whip )?pan(?:s|ning)?{_HOW}(?:(?: (?:to|towards?))? the)? left|left pan|pans?{_HOW} (?:to|from right to) left"
    rf"|pan(?:s|ning)? left|pano(?:ramique)?{_LENT} (?:(?:vers la|a|sur la|de droite a) )?gauche"
    rf"|camera{_HOW} (?:pivote|panote|tourne|balaie|glisse|va)(?: lentement| doucement)? (?:vers la|a|de droite a) gauche",
    Camera.TILT_UP: rf"{_PACE}tilt(?:s|ing)?{_HOW} up(?:wards?)?{_OBJECT}|{_CAM}(?:looks|looking|points) up|upward tilt"
    rf"|(?:panoramique|tilt|bascule|basculement|mouvement)(?: de camera)?{_LENT} vers le haut|panoramique vertical"
    rf"|camera{_HOW} (?:bascule|se leve|leve|pivote|regarde|s'incline|panote|se tourne|remonte)(?: lentement| doucement)? vers (?:le haut|le ciel)"
    rf"|camera{_HOW} se leve",
    Camera.TILT_DOWN: rf"{_PACE}tilt(?:s|ing)?{_HOW} down(?:wards?)?{_OBJECT}|{_CAM}(?:looks|looking|points) down|downward tilt"
    rf"|(?:panoramique|tilt|bascule|basculement|mouvement)(?: de camera)?{_LENT} vers le bas"
    rf"|camera{_HOW} (?:bascule|se baisse|baisse|pivote|regarde|s'incline|panote|se tourne)(?: lentement| doucement)? vers le (?:bas|sol)"
    rf"|camera{_HOW} se baisse",
    Camera.CRANE_DOWN: r"crane(?: shot)?(?: going| moving)? down(?:wards?)?(?! (?:at|in|on) )|craning down|descending crane(?: shot)?|jib down|boom down"
    rf"|{_CAM}(?:cranes down|descends|lowers|goes down|drops down|sinks)"
    r"|(?:plan|mouvement|travelling)(?: a la| de| en)? grue (?:vers le bas|descendante?)|grue (?:vers le bas|descendante)"
    rf"|camera{_HOW} (?:descend|plonge|s'abaisse|redescend)",
    Camera.CRANE_UP: r"crane(?: shot)?(?: going| moving)? up(?:wards?)?(?! (?:at|in|on) )|craning up|rising crane(?: shot)?|jib (?:up|shot)|boom up|pedestal up"
    rf"|crane (?:shot|move)|{_CAM}(?:cranes up|rises|lifts|ascends|goes up|soars|climbs|floats up)"
    r"|(?:plan|mouvement|travelling)(?: a la| de| en)? grue(?: vers le haut| ascendante?| montante?)?"
    rf"|grue (?:vers le haut|montante|ascendante)|camera{_HOW} (?:monte|s'eleve|s'envole|prend de la hauteur)",
    Camera.PAN_RIGHT: rf"(?:{_CAM})?{_PACE}(?:whip )?pan(?:s|ning)?{_HOW}(?:(?: (?:to|towards?))? the)? right|right pan|pan(?:s|ning)? right|pans?{_HOW} (?:to|from left to) right"
    rf"|whip[- ]pans?|(?:slow|smooth|quick|fast|gentle|wide|long) pan(?! of)|{_CAM}(?:pans|panning|pan)|panning shot|{CLAUSE}pan(?:ning)? (?:across|over|along|around|shot)"
    rf"|pano(?:ramique)?{_LENT} (?:(?:vers la|a|sur la|de gauche a) )?droite"
    rf"|camera{_HOW} (?:pivote|panote|tourne|balaie|glisse|va)(?: lentement| doucement)? (?:vers la|a|de gauche a) droite"
    rf"|camera{_HOW} (?:panote|balaie)|(?:un|en|lent|long|leger|rapide|plan) panoramique{_LENT}(?! du)|{CLAUSE}panoramique{_LENT}",
    Camera.TRACKING: rf"{_PACE}(?:tracking|following|trucking|steadicam) shots?|lateral tracking|follow (?:shot|cam)|steadicam"
    rf"|{CLAUSE}tracking (?:alongside|behind|with|along|past|a|an|the)|{_CAM}(?:follows|following|tracks|tracking|trails|trailing|chases|chasing|runs alongside|glides alongside|moves alongside|flies alongside)"
    rf"|camera{_HOW} (?:suit|suivant|accompagne|poursuit|longe)|plan de suivi|plan[- ]sequence qui suit|on suit"
    rf"|travelling (?:lateral|d'accompagnement|de suivi){_LENT}|(?<!de )travelling(?! (?:avant|arriere|vers|circulaire|compense|salesman|circus|musician|man|woman|through|to|at|in|by))",
    Camera.PULL_BACK: rf"{_CAM}(?:pulls|pulling|moves|zooms|zooming|dollies|backs|drifts|flies|glides|retreats) ?(?:back|out|away|backwards?)"
    rf"|{_PACE}(?:pull[- ]?back|pull[- ]out|pulling back|pulling out)(?! (?:of|from))"
    + _OBJECT
    + rf"|pulls (?:back|out) to (?:reveal|show)|{_PACE}zoom(?:s|ing)?[- ]?outs?|{_PACE}doll(?:y|ies|ying)[- ](?:out|back|backwards?)"
    rf"|travelling{_LENT} (?:arriere|vers l'arriere|en arriere){_LENT}|zoom{_LENT} arriere{_LENT}|dezoom\w*"
    rf"|camera{_HOW} (?:recule|s'eloigne|se retire)|on recule|recul de (?:la )?camera",
    Camera.PUSH_IN: rf"{_CAM}(?:pushes|pushing|moves|moving|zooms|zooming|dollies|creeps|creeping|glides|gliding|goes|going|flies|flying|drifts|drifting|floats|floating|closes) ?"
    r"(?:slowly )?(?:in|closer|forwards?|towards?|into)"
    rf"|{_PACE}(?:push[- ]?in|pushing in)"
    + _OBJECT
    + rf"|pushes in on|{_PACE}(?:zoom(?:s|ing)?[- ]?in(?:to)?(?! the distance)|crash[- ]zoom|punch[- ]in|doll(?:y|ies|ying)[- ](?:in|forwards?))(?! the shop)"
    rf"|{_PACE}zoom(?:s|ing)? on(?:to)?|(?:slow|fast|dramatic|gentle) zoom"
    rf"|travelling{_LENT} (?:avant|vers l'avant|en avant){_LENT}|zoom{_LENT} (?:avant{_LENT}|sur)|zoom (?:lent|rapide)|on zoome"
    rf"|camera{_HOW} (?:s'approche|avance|zoome|se rapproche|s'avance)|on s'approche",
}

_FINDER = Finder(_TABLE)


def find(folded: str) -> list[Cue]:
    """The cues of the text, in their order."""
    return _FINDER.find(folded)


def first(folded: str) -> Camera | None:
    """How the text is filmed: its first cue."""
    found = find(folded)
    return Camera(found[0].value) if found else None
