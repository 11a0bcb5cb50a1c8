### Ce que lisent les modérateurs et qui signale, en français.

report-ask = Qu'est-ce qui ne va pas avec { $code } ? Personne ne saura que c'était vous.
report-reason = Choisissez ce qui ne va pas
reason-likeness = Quelqu'un y apparaît sans être d'accord
reason-sexual = Sexuel, ou trop dénudé
reason-minor = Un enfant en danger, ou montré comme aucun ne devrait l'être
reason-hate = Haine
reason-violence = Trop violent
reason-fake = Fausse nouvelle ou arnaque
reason-rights = Les personnages, la marque ou l'œuvre de quelqu'un
reason-other = Autre chose
reported = Merci. Un modérateur va regarder { $code }.
reported-held = Merci. { $code } est hors de vue jusqu'à ce qu'un modérateur l'ait regardé.
appealed = Vos mots sont arrivés chez les modérateurs.
mod-empty = Rien ne vous attend.
mod-more = { $count ->
    [0] C'est le dernier.
    [one] Encore un attend.
   *[other] Encore { $count } attendent.
  }
mod-case = { $code } de { $maker } : { $words }
mod-held-nudity = Retenu : l'examen des images a trouvé de la peau nue à { $at } s.
mod-held-unseen = Retenu : ses images n'ont pas pu être examinées.
mod-held-reported = Retenu : { $reports ->
    [one] un signalement
   *[other] { $reports } signalements
  }.
mod-report = Signalé : { $reason }
mod-report-words = Signalé : { $reason } « { $words } »
mod-history = { $maker } : { $clips ->
    [one] un clip
   *[other] { $clips } clips
  }, { $gone } supprimés ou retirés, { $sanctions } avertissements, mises en sourdine ou exclusions.
mod-chain = Fait à partir de { $parent }
mod-appeal = Recours { $id } de { $name } ({ $kind } : { $words }) : « { $appeal } ». Pour le lever : /mod lift { $id }.
mod-refused = Recours { $code } de { $name } : refusé pour { $rule } (« { $because } »). La demande : « { $words } ». Le recours : « { $appeal } ». /mod grant { $code } laisse passer ces mots-là, /mod deny { $code } non.
mod-granted = { $name } peut demander ainsi : ces mots-là passent ici.
mod-denied = Le refus tient. { $name } peut demander autrement.
mod-strictness-standard = Ce lieu est au niveau standard : rien de sexuel.
mod-strictness-strict = Ce lieu est strict maintenant : rien de sexuel, rien de suggestif, pas de sang.
mod-strictness-adult = Ce lieu est pour adultes maintenant. Ce qu'aucun lieu ne permet reste refusé : mineurs, personnes réelles, contrainte, haine, dangers.
refusal-can-not-be-granted = { $code } a été refusé par une règle qui vaut partout. Personne ne peut la lever.
refusal-place-not-for-adults = Ce lieu n'est pas marqué pour adultes. Marquez d'abord le salon comme réservé aux adultes, ou demandez au propriétaire du studio.
audit-granted = recours accepté
command-grant = Laisser passer des mots refusés après un recours
command-deny = Maintenir un refus après un recours
command-strictness = Dire ce qui peut être demandé ici
option-level = Quelle sévérité
option-refusal = Son code
level-standard = Standard : rien de sexuel
level-strict = Strict : rien de suggestif, pas de sang non plus
level-adult = Pour adultes
rule-minors = mineurs
rule-forced = contrainte, ou animaux
rule-real-sex = sexe avec des personnes réelles
rule-hate = haine
rule-self-harm = automutilation
rule-harm = dangers enseignés
rule-fraud = arnaque ou fausses nouvelles
rule-sexual = contenu sexuel
rule-gore = sang
rule-real-person = une personne réelle sans caméo
rule-protected = un personnage ou une marque
mod-kind-warning = avertissement
mod-kind-mute = sourdine
mod-kind-ban = exclusion
mod-released = { $code } peut être vu.
mod-dismissed = Les signalements de { $code } sont classés.
mod-hidden = { $code } est retiré d'ici. Il reste visible ailleurs ; /mod show { $code } le ramène.
mod-shown = { $code } revient ici.
mod-taken-down = { $count ->
    [one] { $code } est retiré partout.
   *[other] { $code } et ce qui en est né sont retirés partout : { $count } clips.
  }
mod-warned = { $name } lira vos mots avant toute autre demande.
mod-muted = { $name } ne demande plus rien ici pendant { $hours ->
    [one] une heure
   *[other] { $hours } heures
  }. Pour y mettre fin plus tôt : /mod lift { $id }
mod-banned = { $name } ne demande plus rien ici. Pour y mettre fin : /mod lift { $id }
mod-lifted = { $name } peut de nouveau demander ici.
mod-how =
    /mod : ce qui vous attend
    /mod release 7K3F · /mod dismiss 7K3F
    /mod hide 7K3F (ici) · /mod show 7K3F
    /mod takedown 7K3F (partout) · /mod takedown 7K3F all (avec ce qui en est né)
    /mod warn 7K3F vos mots · /mod mute 7K3F 24 vos mots · /mod ban 7K3F vos mots : son auteur
    /mod lift 12
    /mod grant K7Q2XM · /mod deny K7Q2XM : un recours contre un refus
    /mod strictness strict (ou standard)
mod-alone = Écrivez-moi une fois en privé, et je pourrai vous montrer ce qui attend : appuyez sur Démarrer dans notre conversation.
mod-sent = Je vous l'ai envoyé en privé.
mod-button-release = ✅ Laisser voir
mod-button-dismiss = ✅ Rien de mal
mod-button-takedown = 🗑 Retirer
mod-button-takedown-all = 🗑 Avec ses remix
mod-button-mute = 🔇 Sourdine 24 h
mod-usual-words = Merci de respecter les règles de ce lieu.

audit-reported = signalé
audit-held = retenu
audit-released = laissé voir
audit-hidden = caché
audit-shown = montré de nouveau
audit-taken-down = retiré
audit-warned = averti
audit-muted = mis en sourdine
audit-banned = exclu
audit-lifted = sanction levée
audit-appealed = recours
audit-dismissed = classé
audit-strictness = sévérité fixée
page-moderation = Modération
page-audit = Qui a fait quoi
page-audit-broken = ce journal a été falsifié
