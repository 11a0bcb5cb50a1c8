### Ce que lisent les membres, en français. Court, concret, avec ce qu'il faut faire ensuite.

## Les secondes, en mots

about-seconds = { $seconds ->
    [one] environ une seconde
   *[other] environ { $seconds } s
  }
about-minutes = { $minutes ->
    [one] environ une minute
   *[other] environ { $minutes } min
  }
about-hours = { $hours ->
    [one] environ une heure
   *[other] environ { $hours } heures
  }
any-moment = un instant

## Pendant qu'un clip se fait

progress-waiting = { $place ->
    [1] Le prochain · prêt dans { $wait }
   *[other] Numéro { $place } dans la file · prêt dans { $wait }
  }
progress-held = Il est prêt. Un modérateur le regarde avant tout le monde.
progress-away = Gardé dans la file : le moteur du studio reprend son souffle et revient.
progress-starting = Le décor se met en place…
progress-rendering = { $bar } { $percent } % · { $wait }
progress-finishing = Dernières touches…
understood = { $seconds } s · { $aspect } · graine { $seed }
understood-style = { $seconds } s · { $aspect } · { $style } · graine { $seed }
still-making = { $code } se fait déjà. Il arrive.
accepted-short = C'est parti : { $code }. { $standing }

## Ce que le réalisateur a compris

understood-shots = { $count ->
    [one] un plan
   *[other] { $count } plans
  }
understood-mark = { $what } à { $seconds } s
understood-line = « { $words } », dit { $speaker }
understood-said = « { $words } »
understood-you = vous
understood-sound = son : { $what }
understood-music = musique
understood-no-music = sans musique
understood-silent = muet
camera-static = plan fixe
camera-push-in = travelling avant
camera-pull-back = travelling arrière
camera-pan-left = panoramique à gauche
camera-pan-right = panoramique à droite
camera-tilt-up = panoramique vers le haut
camera-tilt-down = panoramique vers le bas
camera-crane-up = grue vers le haut
camera-crane-down = grue vers le bas
camera-orbit = tour complet
camera-handheld = caméra à l'épaule
camera-dolly-zoom = travelling compensé
camera-tracking = travelling d'accompagnement
light-sunset = coucher de soleil
light-sunrise = lever de soleil
light-golden-hour = heure dorée
light-blue-hour = heure bleue
light-dusk = crépuscule
light-aurora = aurore boréale
light-moonlight = clair de lune
light-starlight = lueur des étoiles
light-sunlight = soleil
light-volumetric = rayons de lumière
light-candlelight = bougies
light-firelight = lueur du feu
light-lamplight = lampadaires
light-neon = néons
light-strobe = stroboscope
light-disco-lights = lumières disco
light-laser-lights = lasers
light-rim-light = liseré de lumière
light-backlight = contre-jour
light-silhouette = silhouette
light-soft-light = lumière douce
light-hard-light = lumière dure
light-warm-light = lumière chaude
light-cold-light = lumière froide
light-dim-light = pénombre
light-low-key = tons sombres
light-high-key = tons clairs
light-chiaroscuro = clair-obscur
light-studio-light = lumière de studio
light-spotlight = projecteur
light-overcast = ciel couvert
light-lightning = éclairs
light-bioluminescence = bioluminescence
light-lens-flare = halo d'objectif
light-dappled-light = lumière tachetée
light-black-light = lumière noire
light-fluorescent-light = tubes fluorescents
light-daylight = lumière du jour
style-black-and-white = noir et blanc
style-noir = film noir
style-silent-movie = film muet
style-stop-motion = image par image
style-claymation = pâte à modeler
style-pixel = pixel
style-cartoon = dessin animé
style-anime = anime
style-3d-animation = animation 3D
style-comic = bande dessinée
style-watercolor = aquarelle
style-oil-painting = peinture à l'huile
style-ink = encre
style-sketch = croquis
style-ukiyo-e = ukiyo-e
style-pop-art = pop art
style-paper = papier découpé
style-origami = origami
style-lego = lego
style-felt = feutrine
style-puppets = marionnettes
style-low-poly = low poly
style-voxel = voxels
style-vaporwave = vaporwave
style-synthwave = synthwave
style-cyberpunk = cyberpunk
style-steampunk = steampunk
style-solarpunk = solarpunk
style-vhs = VHS
style-super-8 = super 8
style-vintage = rétro
style-documentary = documentaire
style-wes-anderson = à la Wes Anderson
style-surreal = surréaliste
style-photorealistic = photoréaliste
style-cinematic = cinéma
style-realistic = réaliste

## Un clip

made-create = { $code } · par { $maker }
made-remix = { $code } · { $maker } a remixé { $parent }
made-variation = { $code } · une autre prise de { $parent } par { $maker }
made-extension = { $code } · { $parent }, et la suite, par { $maker }

note-stand-in = { $model } ne sait pas encore dessiner « { $asked } » ; à la place : { $fr }.
note-chosen = { $model } ne connaît pas encore « { $asked } » ; à la place : { $fr }. /help montre ce qu'il connaît.
note-left-out = { $model } n'a que { $most } places dans une scène : « { $asked } » n'a pas pu y entrer.
note-unknown = { $model } ne connaît pas encore « { $asked } ». /help montre ce qu'il connaît.
note-smaller = La mémoire de cette machine n'en a tenu que { $width } × { $height } pixels.
note-weak-likeness = @{ $handle } n'est pas très ressemblant ici. Une autre prise fera peut-être mieux.

## Quand un clip ne vient pas

failed-cancelled = { $code } est annulé.
failed-poisoned = Je n'ai pas pu faire { $code } : le moteur a trébuché dessus deux fois. Essayez d'autres mots.
failed-render-failed = Je n'ai pas pu faire { $code }. Réessayez, ou avec d'autres mots.
failed-out-of-memory = { $code } est trop gros pour la mémoire de cette machine. Essayez plus court.
failed-parent-gone = { $code } ne peut pas se faire : le clip d'origine a été supprimé.
failed-not-offered = Je ne peux pas faire { $code } ainsi avec { $preset }.
failed-cant-load = { $code } ne peut pas se faire : cette machine n'arrive pas à charger { $preset }. Son propriétaire en trouve la raison dans le journal. Un autre préréglage peut convenir.
failed-wont-fit = { $code } est prêt, mais trop lourd pour être posté ici. Essayez plus court.
failed-no-consent = { $code } ne sera pas fait : une personne qui y joue n'est pas d'accord, ou ne l'est plus.
failed-taken-down = { $code } a été retiré par un modérateur. Si c'est une erreur, dites-le avec /appeal.
failed-taken-back = { $code } a été retiré : une personne qui y joue a repris son image.
failed-cant-post = { $code } est prêt, mais je ne peux pas poster là où vous l'avez demandé. Il est à vous par son code : /remix { $code }
failed-other = Je n'ai pas pu faire { $code }. Réessayez.

## Refus

refusal-no-words = Dites-moi quoi filmer : quelques mots suffisent, comme « un dragon bleu dans la neige ».
refusal-too-many-words = Cela fait { $length } caractères, et j'en lis { $most }. Pouvez-vous raccourcir ?
refusal-your-queue-is-full = Vous avez { $most } clips en route. Attendez-en un, ou annulez-en un : /cancel
refusal-queue-is-full = { $most } clips sont en route ici. Réessayez quand quelques-uns seront sortis.
refusal-your-hour-is-full = Vous avez demandé { $most } clips cette heure-ci. Le prochain peut venir dans { $minutes } min.
refusal-hour-is-full = { $most } clips ont été demandés ici cette heure-ci. Le prochain peut venir dans { $minutes } min.
refusal-no-such-clip = Je ne trouve pas de clip { $code } ici. Son code est écrit sous chaque clip.
refusal-no-clip-here = Quel clip ? Répondez à l'un d'eux, ou donnez son code : /remix 7K3F de nuit
refusal-not-a-clip = Ce message ne contient aucun de mes clips. Répondez à un clip pour le remixer.
refusal-clip-is-deleted = { $code } a été supprimé, il ne peut plus servir.
refusal-clip-is-not-ready = { $code } n'est pas terminé. Répondez-lui quand il sera là.
refusal-clip-is-not-yours = Seule la personne qui a fait { $code } peut faire cela.
refusal-nothing-to-cancel = Vous n'avez rien en route.
refusal-already-over = { $code } est déjà fini : il n'y a rien à annuler.
refusal-length-not-offered = { $title } fait des clips de { $shortest } à { $longest } secondes, pas de { $asked }. Essayez { $longest }s.
refusal-film-too-long = Les films s'arrêtent ici à { $most } secondes, et { $code } y est presque.
refusal-aspect-not-offered = { $title } ne sait pas faire { $asked }, mais { $offered }.
refusal-kind-not-offered = { $title } ne sait pas { $kind ->
    [remix] remixer
    [variation] refaire une prise de
    [extension] prolonger
   *[other] faire
  } un clip.{ $offered ->
    [none] {""}
   *[other] {" "}Ceci le peut : { $offered }. Renvoyez les mêmes mots avec « preset: … » et son nom.
  }
refusal-preset-not-here = { $reason ->
    [too_large] « { $asked } » demande un GPU de { $gb } Go, que cette machine n'a pas.
    [not_fetched] « { $asked } » n'est pas téléchargé ici. Qui tient cette machine le peut : reelroom fetch { $asked }
   *[broken] « { $asked } » ne se charge pas sur cette machine : qui la tient en trouve la raison dans le journal.
  } Il y a { $offered }.
refusal-preset-unknown = Il n'y a pas de préréglage « { $asked } » ici. Il y a { $offered }.
refusal-quality-unknown = Rien ici ne fait ainsi de clips de qualité « { $asked } ». Il y a { $offered }.
refusal-picture-not-taken = { $title } ne sait pas partir d'une image. Dites-moi avec des mots quoi filmer.{ $offered ->
    [none] {""}
   *[other] {" "}Ceci le peut : { $offered }. Renvoyez les mêmes mots avec « preset: … » et son nom.
  }
refusal-cast-not-taken = { $most ->
    [0] { $title } ne sait pas mettre de caméos dans un clip.
   *[other] { $title } peut mettre { $most } caméos dans un clip, pas plus.
  }{ $offered ->
    [none] {""}
   *[other] {" "}Ceci le peut : { $offered }. Renvoyez les mêmes mots avec « preset: … » et son nom.
  }
refusal-picture-not-used = Une image peut commencer un clip ou en changer un, mais pas faire cela. Envoyez les mots seuls.
refusal-picture-needs-words = Belle image ! Renvoyez-la avec quelques mots : que doit-il s'y passer ?
refusal-not-a-picture = Je ne peux pas ouvrir cela comme une image. Envoyez-moi un PNG, un JPEG, un WebP ou un GIF.
refusal-picture-is-empty = Ce fichier est vide : rien de l'image n'est arrivé. Renvoyez-la.
refusal-picture-too-heavy = Je prends des images jusqu'à { $most } Mo, et celle-ci est plus lourde. Pouvez-vous la réduire ?
refusal-picture-too-large = Je prends des images jusqu'à { $most } mégapixels, et celle-ci en a plus. Pouvez-vous la réduire ?
refusal-picture-of-someone = Il y a une personne sur cette image, et je ne pars d'aucun visage sauf du vôtre, une fois votre caméo fait : /cameo. Pour filmer un ami, nommez-le : « @ana à la plage ». C'est lui qui décide.
refusal-picture-too-bare = Cette image montre plus que ce lieu ne le permet. Essayez-en une autre.
refusal-picture-not-seen = Je n'ai pas pu regarder cette image sans risque. Pouvez-vous l'envoyer en JPEG ou PNG ordinaire ?
refusal-picture-not-fetched = Je n'ai pas pu recevoir cette image. Renvoyez-la.
refusal-no-such-cameo = Personne ne s'appelle @{ $handle } ici. Chacun fait son propre caméo avec /cameo.
refusal-no-cameo-of-yours = Vous n'avez pas encore de caméo : /cameo en fait un, et vous seul en décidez.
refusal-cameo-kept-from-you = @{ $handle } ne peut pas être dans ce clip.
refusal-reported-before = Vous avez déjà signalé { $code }. Un modérateur va le regarder.
refusal-not-a-moderator = Seuls les modérateurs de ce lieu et le propriétaire du studio peuvent faire cela.
refusal-clip-is-elsewhere = { $code } a été fait ailleurs : vous pouvez le cacher ici avec /mod hide, et ses propres modérateurs peuvent le retirer.
refusal-nothing-to-moderate = Plus rien sur { $code } n'attend un modérateur.
refusal-nothing-to-appeal = Il n'y a rien à contester : vous pouvez demander ici, ou votre recours est déjà entre leurs mains.
refusal-warned-first = Un modérateur vous demande de lire ceci d'abord : { $words } Renvoyez votre demande pour continuer.
refusal-you-are-muted = Vous ne pouvez pas demander de clips ici pendant { $hours ->
    [one] une heure
   *[other] { $hours } heures
  }. Un modérateur a écrit : { $words } Si c'est une erreur, dites-le avec /appeal.
refusal-you-are-banned = Vous ne pouvez plus demander de clips ici. Un modérateur a écrit : { $words } Si c'est une erreur, dites-le avec /appeal.
refusal-file-too-heavy = Je peux regarder des fichiers de { $most } Mo au plus, et celui-ci est plus lourd.
refusal-file-not-read = Je n'ai pas pu lire ce fichier. Réessayez, ou avec une autre copie.
refusal-against-a-rule = Je ne peux pas faire ça. Et si vous demandiez autre chose ?
refusal-code = Si je vous ai mal compris, dites-le aux modérateurs : /appeal { $code }
refusal-minor-in-such-a-scene = Je ne fais pas de scène sexuelle ou violente avec des mineurs (« { $found } »). S'ils sont adultes, dites « femme » ou « homme » ; si ce sont des enfants, donnez-leur un beau rôle.
refusal-sex-by-force = Je ne fais pas de scène sexuelle sans consentement, ni avec des animaux (« { $found } »). Essayez une scène où chacun est heureux d'être là.
refusal-sex-with-real-people = Je ne fais rien de sexuel avec de vraies personnes (« { $found } »). Enlevez cela, ou inventez un personnage.
refusal-hateful-words = Je ne fais rien de haineux envers un groupe de gens (« { $found } »). Dites ce qui se passe sans rabaisser personne.
refusal-self-harm-shown = Je ne montre pas quelqu'un qui se fait du mal (« { $found } »). Si cela vous concerne, parlez-en : le 3114 en France, le 112 en Europe. Pour un film, montrez l'ami qui vient aider.
refusal-harm-taught = Je ne fais pas de mode d'emploi pour ce qui blesse des gens (« { $found } »). En histoire, sans le mode d'emploi, cela peut aller.
refusal-fraud-or-fake-news = Je ne fais rien qui puisse passer pour vrai et tromper les gens (« { $found } »). Essayez avec des personnages inventés, en farce évidente.
refusal-sexual-here = Le sexe et la nudité n'ont pas leur place dans cet espace (« { $found } »). Habillez tout le monde, ou demandez un baiser et un fondu au noir.
refusal-too-bloody-here = C'est trop sanglant pour cet espace (« { $found } »). Que cela se passe hors champ, ou avec du ketchup.
refusal-real-person-named = « { $found } » existe vraiment, et décide qui peut le ou la montrer : en s'enregistrant comme caméo et en vous y autorisant. Ou demandez « un chanteur », « une présidente »…
refusal-name-is-protected = « { $found } » appartient à quelqu'un qui ne l'a pas permis ici. Inventez un personnage à vous : un hamster en manteau bleu, par exemple.
refusal-link-code-unknown = Ce code est faux ou trop vieux. Envoyez /link sur votre autre compte pour en avoir un nouveau.
trouble = Quelque chose a mal tourné de mon côté, pas du vôtre. Réessayez.

## Réponses

queue-empty = Rien en route. Que dois-je filmer ?
queue-title = { $count ->
    [one] Un clip en route
   *[other] { $count } clips en route
  }
queue-line = { $code } · { $standing } · { $words }
cancelled = { $code } est annulé.
deleted = { $code } est supprimé. Ses messages aussi ; les remix restent.
delete-sure = Supprimer { $code } et ses messages pour de bon ? Les remix restent.
info-title = { $code } · { $words }
info-made = par { $maker } · { $seconds } s · { $aspect } · graine { $seed } · { $preset }
info-parent = à partir de { $parent }
info-tree = { $count ->
    [one] rien n'en est encore né
   *[other] dans un arbre de { $count } clips
  }
state-waiting = dans la file
state-rendering = en cours
state-done = terminé
state-failed = n'a pas pu se faire
state-cancelled = annulé
chain-title = Comment { $code } est né
chain-left-out = { $count ->
    [one] … un clip plus tôt
   *[other] … { $count } clips plus tôt
  }
tree-title = { $count ->
    [one] { $code } est seul. Répondez-lui pour le remixer.
   *[other] { $count } clips dans l'arbre de { $code }
  }
branch = { $code } · { $words } · { $maker }, { $platform }
branch-unseen = un clip ailleurs · { $platform }
branch-deleted = un clip supprimé
more-clips = { $count ->
    [one] … et encore un
   *[other] … et { $count } autres
  }
link-code = Sur votre autre compte, envoyez-moi ceci dans les 10 minutes : /link { $code }
link-alone = Envoyez-moi /link en tête-à-tête : le code n'est que pour vous.
linked = C'est lié. Vos clips sur { $platforms } sont tous à vous, partout.
remix-ask = Que faut-il changer dans { $code } ? Répondez à ce message avec vos mots.
platform-discord = Discord
platform-telegram = Telegram
platform-room = cette salle
platform-api = l'API
start = Bonjour ! Dites-moi quoi filmer et je fais le clip. Essayez : /create un dragon bleu dans la neige
try-prompt = un dragon bleu dans la neige
help =
    Faire un clip : /create un dragon bleu dans la neige
    Le remixer : répondez-lui avec ce qui change, « de nuit ». Ou par son code : /remix 7K3F de nuit
    À dire dans le texte : 8s · 9:16 · graine 4
    /again 7K3F une autre prise · /extend 7K3F ce qui se passe ensuite
    /queue ce qui est en route · /cancel annuler
    /chain 7K3F comment il est né · /tree 7K3F tout ce qui en est né
    /cameo vous dans les clips, avec votre accord : @ana joue au tennis
    /info 7K3F · /delete 7K3F · /link joindre vos comptes
help-picture = Envoyez une image avec vos mots et le clip part d'elle : comme lieu, ou « en héros ».
help-knows = { $title } sait dessiner :
knows-line = { $group } : { $names }
knows-subjects = Qui et quoi
knows-colours = En
knows-places = Où
knows-times = Quand
knows-weathers = Temps
knows-motions = Action
knows-cameras = Caméra
only-people = Je réponds aux personnes, pour que chaque clip ait son auteur. Demandez depuis votre propre compte.
not-by-edit = Un message modifié ne lance pas de clip. Envoyez-le à nouveau.
expired-button = Ce bouton est trop vieux. Répondez plutôt au clip.
reply-unread = Discord ne m'a pas montré vos mots. Appuyez plutôt sur Remixer sous le clip.

## D'où vient un fichier

verify-ours = C'est { $code }, un clip de cette salle, exactement tel qu'il en est sorti.
verify-ours-deleted = C'est { $code }, un clip de cette salle, tel qu'il en est sorti. Il a été supprimé ici depuis.
verify-ours-unknown = Ce fichier est signé avec la clé de cette salle, mais elle ne connaît aucun clip { $code }. Dites-le à la personne qui la tient : à moins que la salle ait été recommencée, quelqu'un d'autre a peut-être la clé.
verify-ours-before = C'est { $code }, un clip de cette salle, d'avant qu'elle signe ce qu'elle fait.
verify-others = Ce fichier ne vient pas de cette salle. Il est signé par quelqu'un qui se nomme « { $signer } ».
verify-broken = Ne vous fiez pas à ce fichier : il a été modifié après avoir été signé, ou sa signature est fausse.
verify-none = Rien ne montre que ce fichier vient de cette salle : il ne porte aucune attestation. Certaines applications les retirent des clips, et un faux n'en a jamais eu.
verify-chain = Comment il est né
step-create = { $code } : fait à partir de mots avec { $model }
step-remix = { $code } : remixé avec { $model }
step-variation = { $code } : une autre prise, avec { $model }
step-extension = { $code } : la suite, avec { $model }
step-likeness = { $step }, avec l'apparence d'une personne, qui y consent
step-deleted = { $step } (supprimé depuis)
step-signed = « { $title } », signé par quelqu'un qui se nomme « { $signer } »
step-signed-picture = une image signée par quelqu'un qui se nomme « { $signer } »
step-unsigned = « { $title } », sans attestation
step-unsigned-picture = une image sans attestation
step-ours = « { $title } », signé par cette salle
## Boutons et commandes

button-report = 🚩 Signaler
command-report = Dire ce qui ne va pas avec un clip
command-appeal = Dire pourquoi une sanction est une erreur
command-mod = Pour les modérateurs : ce qui attend, et que faire
command-queue-of-moderation = Ce qui attend un modérateur
command-release = Laisser voir un clip retenu
command-dismiss = Classer les signalements d'un clip
command-hide = Retirer un clip de ce lieu
command-show = Ramener un clip caché
command-takedown = Retirer un clip partout
command-warn = Avertir l'auteur d'un clip
command-mute = Mettre l'auteur d'un clip en sourdine
command-ban = Exclure l'auteur d'un clip
command-lift = Lever une sanction
option-reason = Ce qui ne va pas
option-said = Vos mots
option-all = Avec tout ce qui en est né
option-hours = Pendant combien d'heures
option-sanction = Son numéro
menu-report = Signaler

button-remix = 🎬 Remixer
button-again = 🔁 Encore
button-extend = ⏩ Prolonger
button-chain = 🔗 Chaîne
button-tree = 🌳 Arbre
button-info = ℹ️ Infos
button-delete = 🗑 Supprimer
button-cancel = ✖️ Annuler
button-more = Plus…
field-change = Que faut-il changer ?
field-next = Que se passe-t-il ensuite ? (peut rester vide)
command-create = Faire un clip avec des mots
command-remix = Changer un clip : son code, puis ce qui change
command-again = Une autre prise d'un clip
command-extend = Laisser un clip continuer
command-chain = Comment un clip est né
command-tree = Tout ce qui est né d'un clip
command-queue = Vos clips en route
command-cancel = Annuler un clip en route
command-info = Ce qu'est un clip
command-delete = Supprimer un de vos clips
command-link = Joindre vos comptes d'autres plateformes
command-help = Ce que vous pouvez dire
command-start = Dire bonjour
menu-remix = Remixer
menu-chain = Chaîne
option-picture = Une image de départ
option-prompt = Quoi filmer, en quelques mots
option-style = Un style
option-aspect = La forme de l'image
option-seconds = La durée, en secondes
option-seed = Un nombre qui redonne le même clip
option-preset = Une façon de rendre
option-clip = Le code d'un clip, comme 7K3F
option-change = Ce qui doit changer
option-next = Ce qui se passe ensuite
option-code = Le code de votre autre compte

## La page

page-title = Reelroom
page-you = Vous
page-foreign = Cette salle ne répond qu'à ses propres pages.
page-key-needed = Cette salle demande une clé : la personne qui la tient en fait une avec « reelroom key NOM ».
page-key-wrong = Cette clé n'ouvre pas cette salle.
page-too-fast = C'était trop à la fois. Réessayez dans { $seconds } s.
page-key = Votre clé
page-enter = Entrer
page-prompt = Que dois-je filmer ?
page-hint = un dragon bleu dans la neige, 4s 16:9
page-send = Faire le clip
page-clips = Clips
page-empty = Écrivez ce que vous aimeriez voir. Le premier clip prend quelques secondes.
page-offline = La salle ne répond pas. Nouvel essai…
page-close = Fermer
page-delete-sure = Supprimer ce clip pour de bon ? Les remix restent.
page-picture = Partir d'une image
page-picture-away = Retirer l'image
page-help = Ce que vous pouvez dire
page-verify = D'où vient un fichier ?
page-verify-drop = Déposez ici un clip ou une image, ou choisissez-en un. Je vous dirai si cette salle l'a fait, et comment il est né.
page-verify-choose = Choisir un fichier
page-verify-reading = Lecture…
page-skip = Aller à la saisie

## L'API

api-no-characters = On n'entre dans un clip que par son caméo, que chacun filme soi-même : nommez-le dans le texte, comme @ana.
api-unknown = Cette salle sert /v1/videos et rien d'autre de cette API.
api-not-our-video = Ce fichier n'est pas un clip de cette salle que vous pouvez utiliser. Envoyez son identifiant.
