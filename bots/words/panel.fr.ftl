### Les panneaux des caméos : ce que lisent leurs propriétaires seuls, et les touches.

words-with = { $words }, avec { $names }
button-ask-handle = ✋ Demander à @{ $handle }
panel-none =
    Un caméo vous met dans les clips : votre visage et votre voix. Personne ne peut s'en servir sans votre accord. Vous voyez chaque clip où vous êtes, et un appui le reprend.
    Vous vous filmez dix secondes. Les caméos de personnes sont réservés aux adultes, à partir de 18 ans.
panel-challenge =
    Filmez-vous d'une traite : visage bien éclairé, personne d'autre à l'image.
    1. Regardez la caméra et dites ces chiffres, un par un :
    { $digits }
    2. Tournez la tête lentement, en revenant de face à chaque fois :
    { $turns }
panel-turn-left = ⬅️ à votre gauche
panel-turn-right = ➡️ à votre droite
panel-turn-up = ⬆️ en haut
panel-turn-down = ⬇️ en bas
panel-challenge-form = Appuyez ensuite sur « C'est filmé ». Vous avez { $minutes } minutes.
panel-challenge-chat = Envoyez-moi ensuite le film ici : une vidéo ronde, c'est le mieux. Vous avez { $minutes } minutes.
panel-challenge-page = Vous avez { $minutes } minutes. Cette salle regarde le film et ne le garde pas.
panel-try-form = Refilmez et appuyez sur « C'est filmé », ou demandez de nouveaux chiffres.
panel-try-chat = Envoyez-moi un autre film, ou demandez de nouveaux chiffres.
panel-try-page = Pour un autre essai, vous aurez de nouveaux chiffres.
panel-film-got =
    J'ai votre film. Les caméos de personnes sont réservés aux adultes : avez-vous 18 ans ou plus ?
    Il s'appellera @{ $handle }. Pour un autre nom, répondez à votre film avec ce nom.
panel-film-again = J'ai votre film. Il remplace celui que j'ai de @{ $handle }. Avez-vous 18 ans ou plus ?
panel-film-yes = J'ai 18 ans ou plus : allons-y
panel-film-looking = Je regarde votre film. Cela prend jusqu'à une minute…
panel-film-first = Joli ! Pour en faire un caméo, envoyez d'abord /cameo : je vous donnerai des chiffres à dire, pour que personne ne puisse se servir d'un vieux film de vous.
panel-made = Voilà : @{ $handle }. Cette image et la voix de votre film sont scellées ; à vous de dire qui peut s'en servir.
panel-made-again = C'est fait : @{ $handle } a un nouveau visage. Tout le reste demeure comme vous l'avez réglé.
panel-pet-how =
    Un animal ou un objet ? Envoyez-m'en une photo ou un court film, sans personne dessus, et écrivez dessous :
    /cameo pet rex
    ou /cameo thing lampe
panel-title-person = @{ $handle } · vous
panel-title-pet = @{ $handle } · votre animal
panel-title-thing = @{ $handle } · votre objet
panel-who = Qui peut mettre @{ $handle } dans un clip ?
panel-may-me = Vous seul pouvez vous en servir.
panel-may-approved = Les personnes que vous admettez peuvent s'en servir.
panel-may-approved-first = Les personnes que vous admettez peuvent demander ; chaque clip vous est soumis.
panel-may-space = Les personnes des lieux que vous avez nommés peuvent s'en servir.
panel-may-space-first = Les personnes des lieux que vous avez nommés peuvent demander ; chaque clip vous est soumis.
panel-may-everyone = Tout le monde peut s'en servir.
panel-may-everyone-first = Tout le monde peut demander ; chaque clip vous est soumis.
panel-policy-me = Moi seul
panel-policy-approved = Ceux que j'admets
panel-policy-space = Les gens d'ici
panel-policy-everyone = Tout le monde
panel-ask-first = Me demander à chaque fois
panel-clips = { $count ->
    [0] Aucun clip ne le contient.
    [one] Un clip le contient.
   *[other] { $count } clips le contiennent.
  }
panel-questions = { $count ->
    [one] ✋ Une question vous attend.
   *[other] ✋ { $count } questions vous attendent.
  }
panel-clips-title = { $count ->
    [0] Aucun clip ne contient @{ $handle }.
    [one] Un clip contient @{ $handle }. Un appui le reprend.
   *[other] { $count } clips contiennent @{ $handle }. Un appui en reprend un.
  }
panel-nobody = Vous n'admettez et n'écartez personne.
panel-people-title = Les gens et @{ $handle }. Choisissez quelqu'un :
panel-person = { $name } · { $standing } · { $count ->
    [0] aucun clip
    [one] un clip
   *[other] { $count } clips
  }
panel-standing-granted = admis
panel-standing-blocked = écarté
panel-standing-none = ni admis ni écarté
panel-no-questions = Rien n'attend votre réponse.
panel-questions-left = { $count ->
    [one] Encore une question après celle-ci.
   *[other] Encore { $count } questions après celle-ci.
  }
panel-sure-narrow = { $count ->
    [one] Un clip ne serait plus couvert : il est retiré partout. Sûr ?
   *[other] { $count } clips ne seraient plus couverts : ils sont retirés partout. Sûr ?
  }
panel-sure-clip = Reprendre { $code } ? Ce clip et ce qui en est né avec vous dedans sont retirés partout, pour de bon.
panel-sure-all = { $count ->
    [0] Aucun clip d'autrui ne vous contient. Désormais, vous seul pourrez vous servir de votre caméo. Sûr ?
    [one] Reprendre le seul clip que d'autres ont fait avec vous ? Désormais, vous seul pourrez vous servir de votre caméo.
   *[other] Reprendre les { $count } clips que d'autres ont faits avec vous ? Désormais, vous seul pourrez vous servir de votre caméo.
  }
panel-sure-from = { $count ->
    [one] Retirer partout son clip avec vous, et l'écarter ?
   *[other] Retirer partout ses { $count } clips avec vous, et l'écarter ?
  }
panel-sure-erase = { $count ->
    [0] Effacer @{ $handle } pour de bon ? Ses images, sa voix et sa clé sont détruites.
    [one] Effacer @{ $handle } pour de bon ? Ses images, sa voix et sa clé sont détruites, et le seul clip qui le contient est retiré.
   *[other] Effacer @{ $handle } pour de bon ? Ses images, sa voix et sa clé sont détruites, et les { $count } clips qui le contiennent sont retirés, les vôtres aussi.
  }
panel-erased = { $count ->
    [0] Effacé. Rien n'en peut plus être lu.
    [one] Effacé, et un clip avec lui est en train d'être retiré. Rien n'en peut plus être lu.
   *[other] Effacé, et { $count } clips avec lui sont en train d'être retirés. Rien n'en peut plus être lu.
  }
panel-exported = Tout ce que je garde sur vos caméos. Votre visage et votre voix y sont : gardez-le pour vous.
panel-alone = Votre caméo reste entre vous et moi : ouvrez-le dans une conversation avec moi seul.
panel-alone-open = Ouvrir mon caméo
panel-people-here = Laisser les gens d'ici s'en servir
panel-told-alone = C'est fait. Je vous ai écrit en privé.
panel-unreached = Je ne peux pas vous écrire le premier ici. Ouvrez-moi et appuyez sur Démarrer.
panel-key-home = ‹ Retour
panel-key-enroll = 🎥 Me filmer
panel-key-filmed = ✅ C'est filmé
panel-key-pet = 🐾 Un animal, un objet
panel-key-clips = 🎞 Clips
panel-key-all = Tout reprendre
panel-key-policy = 🔐 Qui peut s'en servir
panel-key-people = 👥 Les gens
panel-key-in = Admettre
panel-key-out = Écarter
panel-key-forget = Ni l'un ni l'autre
panel-key-from = Reprendre ses clips
panel-key-words = ✏️ Toujours / pas pour
panel-key-asked = ✋ Questions
panel-key-yes = ✅ Accepter
panel-key-no = ❌ Refuser
panel-key-never = 🚫 Refuser et bloquer
panel-key-export = 📦 Exporter
panel-key-erase = 🗑 Effacer
panel-key-sure = Oui, faites-le
panel-key-keep = Non, laissez
panel-form-film = Votre film
panel-form-thing = Un animal ou un objet
panel-form-words = Toujours / pas pour
panel-field-film = Le film que vous venez de faire
panel-field-thing = Une photo ou un court film, sans personne
panel-field-handle = Ce que l'on écrit après @
panel-field-adult = Avez-vous 18 ans ou plus ?
panel-field-kind = Qu'est-ce que c'est ?
panel-field-looks = Ce qu'il montre toujours (peut rester vide)
panel-field-not-for = Ce pour quoi il ne sert pas (facultatif)
panel-adult-yes = J'ai 18 ans ou plus
panel-adult-no = J'ai moins de 18 ans
panel-kind-pet = Un animal
panel-kind-thing = Un objet
panel-looks-ask = Que doit toujours montrer @{ $handle } ? Répondez à ceci : « toujours avec mon chapeau rouge ». Un point efface.
panel-not-for-ask = À quoi @{ $handle } ne doit-il pas servir ? Répondez à ceci : « pas de politique, pas de baisers ». Un point efface.
command-cameo = Votre image dans les clips, avec votre accord
command-cameo-mine = Votre caméo, et tout ce que vous pouvez en faire
command-cameo-enroll = Filmez-vous, pour que des clips puissent vous montrer
command-cameo-pet = Le caméo d'un animal ou d'un objet
command-cameo-clips = Chaque clip qui contient votre caméo ; en reprendre un
command-cameo-policy = Qui peut se servir de votre caméo
command-cameo-people = Qui vous admettez et qui vous écartez
command-cameo-words = Ce qu'il montre toujours, et ce pour quoi il ne sert pas
command-cameo-erase = Effacer votre caméo et chaque clip qui le contient
command-cameo-export = Tout ce qui est gardé sur vos caméos, en un fichier
option-cameo = Un de vos caméos
option-person = Quelqu'un à admettre ou à écarter
option-cast = Quel caméo y joue
refusal-film-not-fetched = Je n'ai pas pu recevoir ce film. Merci de le renvoyer.
progress-unreached = Je n'ai pas pu écrire à { $names } : dites-lui qu'une question l'attend sous /cameo.
panel-film-rename = Répondez à votre film avec un autre nom.
page-cameo = Votre caméo
page-cameo-camera = 🎥 Allumer la caméra
page-cameo-record = ⏺ Filmer
page-cameo-stop = ⏹ C'est fait
page-cameo-again = ↺ Refilmer
page-cameo-file = Un film de cet appareil
page-cameo-send = Envoyer mon film
page-cameo-make = Créer le caméo
page-cameo-keep = Garder
page-cameo-no-film = Filmez-vous d'abord, ou choisissez un film.
page-cameo-no-camera = Je n'ai pas le droit d'utiliser la caméra. Autorisez-la dans le navigateur, ou choisissez un film.
panel-made-thing = Voilà : @{ $handle }. Cette image est scellée ; à vous de dire qui peut s'en servir.
panel-space-how = Pour les gens d'un groupe ou d'un salon, dites-y /cameo policy.
panel-key-anew = 🎥 Me refilmer
panel-people-form = Pour admettre ou écarter quelqu'un : /cameo people, et choisissez.
panel-people-chat = Pour admettre quelqu'un : répondez à un de ses messages dans un groupe par /cameo allow. Pour l'écarter : /cameo block.
panel-people-page = Qui demande un clip avec vous est listé ici.
panel-in-but-me = « Moi seul » est réglé : cette personne doit encore vous demander à chaque fois. Pour changer cela :
panel-narrow-here = Certains clips avec vous ne seraient plus couverts. Choisissez d'abord « Moi seul » dans notre conversation, puis appuyez encore ici.
panel-once-more = Cela m'a pris trop de temps. Essayez encore une fois.
