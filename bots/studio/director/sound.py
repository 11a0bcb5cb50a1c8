# ruff: noqa: E501
"""What a prompt says of sound: noises asked for, music or none, silence. English and French."""

import re
from dataclasses import dataclass

from bots.studio.director.text import CLAUSE, HIDDEN, Cue, Finder, unique
from storage.plan import Music

_END = rf"[^,.;:!?\n{HIDDEN}]"
_SURFACE = r"(?:(?:the|a|an|my|old|his|her) ){0,2}(?:\w+ )?(?:roof|rooftop|window|windowpane|windows|tent|umbrella|leaves|skylight|glass|windshield|metal|tarp|pavement)"
_SURFACE_FR = r"(?:(?:le |la |les |l'|un |une |des ){1,2})(?:\w+ )?(?:toits?(?: (?:de|en) \w+)?|vitres?|fenetres?|tentes?|toles?|parapluies?|feuilles|carreaux|pare-brise|paves)"
# What is heard by its name: "waves crashing", "footsteps on gravel", "un feu qui crépite".
_NOISES = (
    rf"rain(?:drops)? (?:\w+ing )?(?:on|against) {_SURFACE}|(?:crashing|lapping|gentle) waves|waves (?:crashing|lapping|breaking)"
    r"|(?:rolling |distant |rumbling )?thunder(?: rumbl\w{1,4}| rolls?| rolling| claps?| crack\w{1,4}| in the distance)?"
    rf"|(?:echoing |heavy |slow )?footsteps(?: (?:echoing|on \w+|in the \w+|approaching))?|(?:howling|whistling) wind|wind howl(?:s|ing)|wind whistl(?:es|ing)"
    r"|bird ?song|birds? (?:chirp|sing)(?:s|ing)|chirping birds|crickets(?: chirping)?|chirping crickets|cicadas"
    r"|crackling (?:\w+ )?(?:fire|campfire|fireplace)|(?:fire|campfire|fireplace) crackl(?:es|ing)|(?:church |distant )?bells? (?:ring|toll|chim)(?:s|es|ing)|church bells"
    r"|(?:loud )?applause|(?:crowd|audience|people) (?:cheer|clap|laugh)(?:s|ing)|cheering crowd|laugh track|(?:distant |police |wailing )?sirens?(?: wailing| in the distance)?"
    r"|engines? (?:roar|rev|hum)(?:s|ing)|(?:heart ?beat|ticking clock|clock ticking|creaking (?:door|floor\w*)|door creaking|dog barking in the distance|owl hooting|vinyl crackle|glass shattering|typewriter clacking)"
    rf"|pluie (?:qui \w+ )?(?:sur|contre) {_SURFACE_FR}|vagues qui (?:s'ecrasent|deferlent|se brisent)|(?:le )?tonnerre(?: qui gronde| au loin)?|(?:le )?vent qui (?:hurle|siffle|souffle)"
    r"|chants? d(?:es |'|e l')oiseaux|oiseaux qui chantent|(?:les )?grillons|cigales|feu (?:de \w+ )?qui crepite|crepitement du feu|cloches(?: d'eglise| qui sonnent)?|applaudissements"
    r"|(?:une )?foule qui (?:applaudit|crie|hurle)|rires (?:d'enfants|enregistres|de la foule)|sirenes?(?: de police| au loin)|moteur qui (?:ronronne|vrombit|rugit)|battements? de coeur|porte qui grince"
    r"|horloge qui tic-?taque|bruits? de pas|tic-?tac"
)
_NAMED = re.compile(
    r"(?<!\w)(?:(?:with |and |plus |add |just |only |to |over |hear ){0,3}(?:the )?(?:(?:ambient |distant |soft |loud |background )?sounds? effects?|sfx|ambient sounds?|(?:distant |soft |loud |faint )?sounds?|noises?|audio|ambience) ?(?:of|:) ?"
    r"|(?:we|you|you can|we can|i|i can|can) hear |hearing |(?:avec |et |plus |ajoute |juste |seulement |on entend ){0,3}(?:le |les |un |des |du )?(?:bruits?|sons?|bruitages?|ambiance sonore|fond sonore)(?: (?:de la|de l'|de|du|des)(?= |(?<='))| d'| ?:) ?(?:la |l')?|on entend |ambiance sonore ?: ?)"
    rf"(?P<what>{_END}{{2,60}})"
)
_STOP = re.compile(
    r"(?<!\w)(?:and then|then|puis|while|pendant que|as the|when|quand|no music|without|sans|but|mais|and no|et pas|instead|please)(?!\w)|(?<!\w)(?:and|et) (?=(?:a |the |le |la |un |une |we |on )?(?:camera|zoom|cut|push|pan|music|musique))"
)
_NOISE = re.compile(rf"(?<!\w)(?:(?:the|le|la|les|des|un|une|du|a) )?(?P<what>{_NOISES})(?!\w)")
_ARTICLE = re.compile(r"(?:(?:the|a|an|some|le|la|les|un|une|des|du|de la|de) |l'|d')+")

_TUNES = r"(?:\w+ )?(?:beats?|soundtrack|score|tune|melody|lullaby)"
_MUSIC = Finder(
    {
        Music.NO: r"(?:no|without|zero|remove the|cut the|kill the|lose the|drop the|mute the|stop the|turn off the) (?:background |any )?(?:music|soundtrack|score)"
        r"|(?:sans|pas de|aucune|enleve la|coupe la|retire la|vire la|supprime la) (?:musique|bande[- ]son)|music off|don't add music|musique off",
        Music.YES: r"music(?! (?:box|store|shop|stand|sheet|teacher|school|video|hall|notes?|room|festival poster|book)\w*)|soundtrack|sound track|(?<!boite a )(?<!boites a )(?<!instrument de )(?<!instruments de )(?<!salle de )(?<!magasin de )(?<!ecole de )musique|bande[- ]son|bande originale"
        r"|beat[- ]?drops?|(?:the |le )(?:beat|bass|basse) (?:drops?|tombe)|bass drops?|drops? de basse|lo-?fi (?:beats?|hip[- ]?hop)|(?:techno|hip[- ]?hop|trap|house|disco|funk|funky|jazz|chill|lo-?fi|drum|heavy|trance|reggae|electro|dubstep) (?:beats?|soundtrack|score|tune|track|bassline)"
        r"|(?:epic|orchestral|dramatic|synth|emotional|cinematic|string|horror|spooky|jazzy) (?:score|soundtrack)|techno|drum and bass|dubstep|eurodance|(?:jazz|piano|violin|guitar|accordion|synth|techno|rock) (?:playing|plays|in the background|solo)|melodie|chanson|refrain"
        r"|(?:un air de|fond de) (?:piano|jazz|guitare|accordeon|violon)|berceuse|lullaby|upbeat tune|soft piano|piano doux|rythme (?:electro|techno|disco|funk)",
    }
)
_SILENT = re.compile(
    r"(?<!\w)(?:(?:no|without|zero|remove the|without any|cut the|kill the|turn off the|mute the) (?:sound|audio|sounds)(?! effects)(?!\w)|(?:sans|aucun|pas de|coupe|enleve) (?:aucun |le |la )?(?:son|bruit)(?!\w)(?! de)"
    r"|silent (?:clip|video|gif|movie|film|version|please)|(?:clip|video|film|cinema|version|court[- ]metrage) (?:(?:muets?|muettes?)|silencieux|silencieuse)|(?:make|keep) it (?:silent|mute)|mute it|muted? (?:clip|video)|totally silent|completely silent|en silence total)"
    rf"|{CLAUSE}(?:totally |completely )?(?:silent|muted?|(?:muets?|muettes?)|silencieux|silencieuse|en silence|in silence)(?=[,.;\n!]|$)"
)


@dataclass(frozen=True)
class Heard:
    """What a prompt says of sound."""

    sounds: tuple[str, ...]
    music: Music | None
    silent: bool


def find(text: str, shown: str) -> Heard:
    """What the text (as written; folded with speech hidden) says of sound."""
    silent = any(True for _ in silences(shown))
    music = tunes(shown)
    wanted = [cue.value for cue in music]
    said = Music.NO if Music.NO in wanted else Music.YES if Music.YES in wanted else None
    return Heard(unique(cue.value for cue in noises(text, shown)), said, silent)


def tunes(shown: str) -> list[Cue]:
    """The words about music."""
    return _MUSIC.find(shown)


def silences(shown: str) -> list[Cue]:
    """The words that ask for a silent clip."""
    return [Cue("silent", m.start(), m.end()) for m in _SILENT.finditer(shown)]


def noises(text: str, shown: str) -> list[Cue]:
    """The noises asked for, in plain words."""
    found: list[Cue] = []
    for match in _NAMED.finditer(shown):
        begin, end = match.span("what")
        stop = _STOP.search(shown, begin, end)
        end = stop.start() if stop else end
        what = _bare(text[begin:end], shown[begin:end])
        if what and not re.match(r"(?:music|musique|silence)", what.lower()):
            found.append(Cue(what, match.start(), end))
    for match in _NOISE.finditer(shown):
        if not any(cue.start < match.end() and match.start() < cue.end for cue in found):
            found.append(Cue(text[match.start("what") : match.end("what")], *match.span()))
    return sorted(found, key=lambda cue: cue.start)


def _bare(said: str, plain: str) -> str:
    lead = len(plain) - len(plain.lstrip())
    article = _ARTICLE.match(plain, lead)
    return said[article.end() if article else lead :].strip(" -–—")
