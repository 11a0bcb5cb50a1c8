### What moderators and those who report read, in English.

report-ask = What is wrong with { $code }? Nobody is told that it was you.
report-reason = Choose what is wrong
reason-likeness = Someone in it did not agree
reason-sexual = Sexual, or too bare
reason-minor = A child is in danger or shown as no child should be
reason-hate = Hate
reason-violence = Too violent
reason-fake = Fake news or fraud
reason-rights = Someone's characters, brand or work
reason-other = Something else
reported = Thank you. A moderator will look at { $code }.
reported-held = Thank you. { $code } is out of sight until a moderator has looked at it.
appealed = Your words have reached the moderators.
mod-empty = Nothing waits for you.
mod-more = { $count ->
    [0] This is the last one.
    [one] One more waits.
   *[other] { $count } more wait.
  }
mod-case = { $code } by { $maker }: { $words }
mod-held-nudity = Held: the look at its frames found bare skin at { $at } s.
mod-held-unseen = Held: its frames could not be looked at.
mod-held-reported = Held: { $reports ->
    [one] one report
   *[other] { $reports } reports
  }.
mod-report = Reported: { $reason }
mod-report-words = Reported: { $reason } “{ $words }”
mod-history = { $maker }: { $clips ->
    [one] one clip
   *[other] { $clips } clips
  }, { $gone } deleted or taken down, { $sanctions } warnings, mutes or bans.
mod-chain = Made from { $parent }
mod-appeal = Appeal { $id } by { $name } ({ $kind }: { $words }): “{ $appeal }”. Lift it with /mod lift { $id }.
mod-refused = Appeal { $code } by { $name }: refused for { $rule } (“{ $because }”). They wrote: “{ $words }” and say: “{ $appeal }”. /mod grant { $code } lets these very words through, /mod deny { $code } does not.
mod-granted = { $name } may ask so now: their very words are let through here.
mod-denied = It stays refused. { $name } may ask otherwise.
mod-strictness-standard = This place is at standard: nothing sexual.
mod-strictness-strict = This place is strict now: nothing sexual, nothing suggestive, no bloodshed.
mod-strictness-adult = This place is for adults now. What no place allows stays refused: minors, real people, force, hate, harm.
refusal-can-not-be-granted = { $code } was refused by a rule that holds everywhere. Nobody can lift it.
refusal-place-not-for-adults = This place is not marked for adults. Mark the channel as age-restricted first, or ask the studio's owner.
audit-granted = appeal granted
command-grant = Let refused words through after an appeal
command-deny = Let a refusal stand after an appeal
command-strictness = Say what may be asked for here
option-level = How strict
option-refusal = Its code
level-standard = Standard: nothing sexual
level-strict = Strict: nothing suggestive, no bloodshed either
level-adult = For adults
rule-minors = minors
rule-forced = force, or animals
rule-real-sex = sex with real people
rule-hate = hate
rule-self-harm = self-harm
rule-harm = harm taught
rule-fraud = fraud or made-up news
rule-sexual = sexual content
rule-gore = bloodshed
rule-real-person = a real person without a cameo
rule-protected = somebody's character or brand
mod-kind-warning = warning
mod-kind-mute = mute
mod-kind-ban = ban
mod-released = { $code } is free to be seen.
mod-dismissed = What was reported of { $code } is set aside.
mod-hidden = { $code } is taken out of here. It stands elsewhere; /mod show { $code } brings it back.
mod-shown = { $code } comes back here.
mod-taken-down = { $count ->
    [one] { $code } is taken down everywhere.
   *[other] { $code } and what grew from it are taken down everywhere: { $count } clips.
  }
mod-warned = { $name } reads your words before anything else is made for them.
mod-muted = { $name } asks for nothing here for { $hours ->
    [one] an hour
   *[other] { $hours } hours
  }. To end it sooner: /mod lift { $id }
mod-banned = { $name } asks for nothing here any more. To end it: /mod lift { $id }
mod-lifted = { $name } may ask here again.
mod-how =
    /mod: what waits for you
    /mod release 7K3F · /mod dismiss 7K3F
    /mod hide 7K3F (here) · /mod show 7K3F
    /mod takedown 7K3F (everywhere) · /mod takedown 7K3F all (with what grew from it)
    /mod warn 7K3F your words · /mod mute 7K3F 24 your words · /mod ban 7K3F your words: its maker
    /mod lift 12
    /mod grant K7Q2XM · /mod deny K7Q2XM: an appeal against a refusal
    /mod strictness strict (or standard)
mod-alone = Write to me alone once, then I can show you what waits: press Start in our chat.
mod-sent = I have sent it to you alone.
mod-button-release = ✅ Let it be seen
mod-button-dismiss = ✅ Nothing wrong
mod-button-takedown = 🗑 Take down
mod-button-takedown-all = 🗑 With its remixes
mod-button-mute = 🔇 Mute its maker 24 h
mod-usual-words = Please keep to this place's rules.

audit-reported = reported
audit-held = held
audit-released = released
audit-hidden = hidden
audit-shown = shown again
audit-taken-down = taken down
audit-warned = warned
audit-muted = muted
audit-banned = banned
audit-lifted = lifted
audit-appealed = appealed
audit-dismissed = dismissed
audit-strictness = strictness set
page-moderation = Moderation
page-audit = Who did what
page-audit-broken = this log was tampered with
