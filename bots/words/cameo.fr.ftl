### Ce que les membres lisent des caméos, en français.

## Ce que décide la personne

cameo-taken-down = { $count ->
    [0] Aucun clip n'a dû partir.
    [one] Un clip est retiré, avec ses messages.
   *[other] { $count } clips sont retirés, avec leurs messages.
  }
cameo-restrictions = pas pour : { $words }
cameo-looks = toujours : { $words }
cameo-use = { $code } · par { $maker } · { $when } · { $where } · { $words }
cameo-use-draft = pas encore montré : attend un oui
cameo-use-making = en cours
cameo-use-nowhere = publié nulle part
cameo-use-leaving = { $platform } (retrait en cours)
cameo-use-refused = { $platform } (le retrait y est refusé ; je réessaie)
cameo-use-remixes = { $count ->
    [one] et un remix
   *[other] et { $count } remix
  }
cameo-owed = { $count ->
    [one] Un message d'un clip disparu est encore là : { $platforms }. Je réessaie de le retirer.
   *[other] { $count } messages de clips disparus sont encore là : { $platforms }. Je réessaie de les retirer.
  }

## Ce qui est demandé à la personne

ask-prompt =
    { $maker } aimerait avoir @{ $handle } dans un clip :
    « { $words } »
    Demandé dans { $place }. Rien n'est filmé avant votre oui, et vous le voyez avant tout le monde.
ask-draft =
    Le clip de { $maker } avec @{ $handle } est fait, et personne d'autre ne l'a vu :
    « { $words } »
    Peut-il être publié dans { $place } ?
ask-restrictions = Vous avez dit : { $restrictions }
ask-until = Sans réponse d'ici { $hours ->
    [one] une heure
   *[other] { $hours } heures
  }, c'est non.
place-private = une discussion privée
place-group = une discussion sur { $platform }
place-room = la salle
answered-prompt-yes = Merci. { $code } va se faire, et vous le verrez avant tout le monde.
answered-draft-yes = Merci. { $code } part maintenant.
answered-waiting = Merci. { $code } attend encore { $names }.
answered-no = { $code } ne se fera pas. { $maker } lira que vous avez dit non.
answered-blocked = { $code } ne se fera pas, et { $maker } ne peut plus demander @{ $handle }.

## Ce que lit l'auteur

progress-asked = En attente du oui de { $names }. La réponse a un jour pour venir ; vous pouvez annuler à tout moment.
with-cast = avec { $names }
failed-likeness-refused = @{ $handle } préfère ne pas être dans { $code }, qui ne se fera donc pas.
failed-likeness-unanswered = @{ $handle } n'a pas répondu à temps au sujet de { $code }, et cela veut dire non. Vous pourrez redemander plus tard.
failed-all-taken-back = { $code } et d'autres de vos clips ont été retirés : quelqu'un qui y joue a repris son image.

## Refus

refusal-cameo-not-yours = @{ $handle } décide de chaque usage. Dois-je demander ? { $restricted ->
    [1] Ce qui n'est pas voulu : { $restrictions }
   *[other] Les mots sont lus d'abord, et le clip est vu avant tout le monde.
  }
refusal-handle-unfit = « { $handle } » ne peut pas être un nom. Prenez { $least } à { $most } lettres, chiffres ou _, et rien qui veuille dire tout le monde.
refusal-handle-taken = Quelqu'un s'appelle déjà @{ $handle }. Prenez un autre nom.
refusal-no-cameo-called = Vous n'avez pas de caméo @{ $handle }. /cameo montre les vôtres.
refusal-only-for-adults = Les caméos de personnes sont réservés aux adultes, et chacun fait le sien. Animaux et objets sont bienvenus.
refusal-no-challenge = Il n'y a pas de consigne pour ce film, ou ses dix minutes ou ses essais sont passés. /cameo vous en donne une nouvelle.
refusal-too-many-cameos = Vous avez { $most } caméos d'animaux et d'objets, et je n'en garde pas plus. Effacez-en un d'abord.
refusal-sure-to-narrow = Avec cela, { $count ->
    [one] un clip d'autrui serait retiré.
   *[other] { $count } clips d'autrui seraient retirés.
  } Redites-le si c'est bien ce que vous voulez.
refusal-nothing-asked = Rien au sujet de { $code } n'attend plus votre réponse : elle est donnée, le clip est annulé, ou le temps est passé.
refusal-something-else-asked = { $code } est fait maintenant et la question n'est plus la même : regardez-le d'abord.
refusal-cameo-restricted = @{ $handle } ne veut pas être là-dedans : « { $restriction } ». Essayez sans.
refusal-wish-forgotten = Je n'ai plus ces mots. Envoyez-les à nouveau, s'il vous plaît.
refusal-waits-for-yes = { $code } attend le oui de @{ $handle }. D'ici là, rien ne peut en être fait.
refusal-cameo-unfit = { $reason ->
    [not-a-video] Je n'arrive pas à lire cela comme un film. Filmez avec votre téléphone et envoyez-le en vidéo.
    [not-a-picture] Je n'arrive pas à lire cela comme une image. Envoyez une photo ou un petit film.
    [too-heavy] Ce fichier est trop gros pour moi. Filmez plus court, ou en plus petit.
    [too-short] Ce film est trop court. Dites tous les chiffres, puis faites tous les mouvements, sans hâte.
    [too-long] Ce film est trop long. Une demi-minute suffit largement.
    [too-dark] Il fait trop sombre pour vous voir. Tournez-vous vers une fenêtre ou une lampe et refilmez.
    [too-blurry] L'image est floue. Tenez le téléphone immobile, essuyez l'objectif et refilmez.
    [too-quiet] Je vous entends à peine. Parlez plus fort, plus près du téléphone.
    [no-sound] Ce film n'a pas de son. Activez le micro et refilmez.
    [no-face] Je ne vois pas votre visage tout le temps. Gardez-le au milieu de l'image.
    [too-far] Vous êtes trop loin. Tenez le téléphone plus près, à bout de bras.
    [two-faces] Je vois plus d'un visage. Soyez seul à l'image, et gare aux affiches et aux écrans derrière vous.
    [face-changed] Le visage n'était pas le même d'un bout à l'autre. Filmez d'une traite, vous-même.
    [cut] Le film saute. Filmez d'une traite, sans couper.
    [still] On dirait l'image d'une image. Filmez-vous en direct, la caméra devant vous.
    [not-turned] Je n'ai pas vu tous les mouvements. Tournez bien la tête à chaque fois, puis revenez de face.
    [wrong-order] Les mouvements sont venus dans un autre ordre. Faites-les comme ils sont listés.
    [digits-not-heard] Je n'ai pas entendu tous les chiffres. Dites-les un par un, clairement, au calme.
    [a-person] Il y a le visage d'une personne. Les caméos de personnes se font par elles-mêmes, avec /cameo.
    [took-too-long] Ce film m'a pris trop de temps. Envoyez-en un plus court, en plus petit.
   *[other] Je n'ai pas pu lire ce film. Filmez-le encore, s'il vous plaît.
  }

## Boutons

button-approve = ✅ Oui, filmez
button-approve-draft = ✅ Oui, publiez
button-refuse = ✖️ Non
button-block = ⛔ Non, plus jamais
button-ask = 🙋 Demander
