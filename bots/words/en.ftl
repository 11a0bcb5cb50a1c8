### What members read, in English. Short, concrete, and it says what to do next.

## Seconds, in words

about-seconds = { $seconds ->
    [one] about a second
   *[other] about { $seconds } s
  }
about-minutes = { $minutes ->
    [one] about a minute
   *[other] about { $minutes } min
  }
about-hours = { $hours ->
    [one] about an hour
   *[other] about { $hours } hours
  }
any-moment = any moment now

## While a clip is made

progress-waiting = { $place ->
    [1] Next in line · ready in { $wait }
   *[other] Number { $place } in line · ready in { $wait }
  }
progress-held = It is made. A moderator looks at it before anyone else does.
progress-away = Kept in line: the studio's engine is catching its breath and will be back.
progress-starting = Setting up the scene…
progress-rendering = { $bar } { $percent } % · { $wait }
progress-finishing = Finishing touches…
understood = { $seconds } s · { $aspect } · seed { $seed }
understood-style = { $seconds } s · { $aspect } · { $style } · seed { $seed }
still-making = { $code } is being made already. Here it comes.
accepted-short = On it: { $code }. { $standing }

## What the director understood

understood-shots = { $count ->
    [one] one shot
   *[other] { $count } shots
  }
understood-mark = { $what } at { $seconds } s
understood-line = “{ $words }” says { $speaker }
understood-said = “{ $words }”
understood-you = you
understood-sound = sound: { $what }
understood-music = music
understood-no-music = no music
understood-silent = silent
camera-static = static shot
camera-push-in = push in
camera-pull-back = pull back
camera-pan-left = pan left
camera-pan-right = pan right
camera-tilt-up = tilt up
camera-tilt-down = tilt down
camera-crane-up = crane up
camera-crane-down = crane down
camera-orbit = orbit
camera-handheld = handheld
camera-dolly-zoom = dolly zoom
camera-tracking = tracking shot
light-sunset = sunset
light-sunrise = sunrise
light-golden-hour = golden hour
light-blue-hour = blue hour
light-dusk = dusk
light-aurora = northern lights
light-moonlight = moonlight
light-starlight = starlight
light-sunlight = sunlight
light-volumetric = rays of light
light-candlelight = candlelight
light-firelight = firelight
light-lamplight = lamplight
light-neon = neon light
light-strobe = strobe lights
light-disco-lights = disco lights
light-laser-lights = laser lights
light-rim-light = rim light
light-backlight = backlight
light-silhouette = silhouette
light-soft-light = soft light
light-hard-light = hard light
light-warm-light = warm light
light-cold-light = cold light
light-dim-light = dim light
light-low-key = low key
light-high-key = high key
light-chiaroscuro = chiaroscuro
light-studio-light = studio light
light-spotlight = spotlight
light-overcast = overcast
light-lightning = lightning
light-bioluminescence = bioluminescence
light-lens-flare = lens flare
light-dappled-light = dappled light
light-black-light = black light
light-fluorescent-light = fluorescent light
light-daylight = daylight
style-black-and-white = black and white
style-noir = film noir
style-silent-movie = silent movie
style-stop-motion = stop motion
style-claymation = claymation
style-pixel = pixel
style-cartoon = cartoon
style-anime = anime
style-3d-animation = 3D animation
style-comic = comic
style-watercolor = watercolor
style-oil-painting = oil painting
style-ink = ink
style-sketch = sketch
style-ukiyo-e = ukiyo-e
style-pop-art = pop art
style-paper = paper cut-out
style-origami = origami
style-lego = lego
style-felt = felt
style-puppets = puppets
style-low-poly = low poly
style-voxel = voxel
style-vaporwave = vaporwave
style-synthwave = synthwave
style-cyberpunk = cyberpunk
style-steampunk = steampunk
style-solarpunk = solarpunk
style-vhs = VHS
style-super-8 = super 8
style-vintage = vintage
style-documentary = documentary
style-wes-anderson = like Wes Anderson
style-surreal = surreal
style-photorealistic = photorealistic
style-cinematic = cinematic
style-realistic = realistic

## A clip

made-create = { $code } · by { $maker }
made-remix = { $code } · { $maker } remixed { $parent }
made-variation = { $code } · another take of { $parent } by { $maker }
made-extension = { $code } · { $parent }, and what came next, by { $maker }

note-stand-in = { $model } can't draw “{ $asked }” yet: here is { $en }.
note-chosen = { $model } doesn't know “{ $asked }” yet: here is { $en } instead. /help shows what it knows.
note-left-out = { $model } can have { $most } in a scene: “{ $asked }” had to stay out.
note-unknown = { $model } doesn't know “{ $asked }” yet. /help shows what it knows.
note-smaller = This machine's memory held only { $width } × { $height } pixels of it.
note-weak-likeness = @{ $handle } doesn't look much like themselves in this one. Another take may do better.

## When a clip does not come

failed-cancelled = { $code } was called off.
failed-poisoned = I could not make { $code }: the engine stumbled over it twice. Try other words.
failed-render-failed = I could not make { $code }. Please try again, or with other words.
failed-out-of-memory = { $code } is too big for this machine's memory. Try it shorter.
failed-parent-gone = { $code } can't be made: the clip it came from was deleted.
failed-not-offered = I can't make { $code } that way with { $preset }.
failed-cant-load = { $code } can't be made: this machine can't load { $preset }. Its owner finds the reason in the log. Another preset may do.
failed-wont-fit = { $code } is ready, but too large to post here. Try it shorter.
failed-no-consent = { $code } won't be made: someone who plays in it does not agree to it, or not any more.
failed-taken-down = { $code } was taken down by a moderator. If that is wrong, tell them with /appeal.
failed-taken-back = { $code } was taken down: someone who plays in it took their likeness back.
failed-cant-post = { $code } is ready, but I may not post where you asked for it. It is yours by its code: /remix { $code }
failed-other = I could not make { $code }. Please try again.

## Refusals

refusal-no-words = Tell me what to film: a few words will do, like “a blue dragon in the snow”.
refusal-too-many-words = That is { $length } characters, and I can read { $most }. Could you shorten it?
refusal-your-queue-is-full = You have { $most } clips on the way. Wait for one, or /cancel one.
refusal-queue-is-full = { $most } clips are on the way here. Try again when some are out.
refusal-your-hour-is-full = You asked for { $most } clips this hour. The next can come in { $minutes } min.
refusal-hour-is-full = { $most } clips were asked for here this hour. The next can come in { $minutes } min.
refusal-no-such-clip = I can't find a clip { $code } here. Its code stands under each clip.
refusal-no-clip-here = Which clip? Reply to one, or give its code: /remix 7K3F make it night
refusal-not-a-clip = That message holds no clip of mine. Reply to a clip to remix it.
refusal-clip-is-deleted = { $code } was deleted, so it can't be used any more.
refusal-clip-is-not-ready = { $code } is not finished. Once it is here, reply to it.
refusal-clip-is-not-yours = Only its maker can do that with { $code }.
refusal-nothing-to-cancel = You have nothing on the way.
refusal-already-over = { $code } is over already: there is nothing to call off.
refusal-length-not-offered = { $title } makes clips of { $shortest } to { $longest } seconds, not { $asked }. Try { $longest }s.
refusal-film-too-long = Films end at { $most } seconds here, and { $code } is nearly there.
refusal-aspect-not-offered = { $title } can't do { $asked }. It can do { $offered }.
refusal-kind-not-offered = { $title } can't { $kind ->
    [remix] remix
    [variation] make another take of
    [extension] extend
   *[other] make
  } clips.{ $offered ->
    [none] {""}
   *[other] {" "}This can: { $offered }. Send the same words with “preset: …” and its name.
  }
refusal-preset-not-here = { $reason ->
    [too_large] “{ $asked }” needs a GPU with { $gb } GB, which this machine has not.
    [not_fetched] “{ $asked }” is not downloaded here. Whoever runs this machine can: reelroom fetch { $asked }
   *[broken] “{ $asked }” can't be loaded on this machine: its owner finds the reason in the log.
  } There is { $offered }.
refusal-preset-unknown = There is no preset “{ $asked }” here. There is { $offered }.
refusal-quality-unknown = Nothing here makes clips of “{ $asked }” quality that way. There is { $offered }.
refusal-picture-not-taken = { $title } can't start from a picture. Tell me in words what to film.{ $offered ->
    [none] {""}
   *[other] {" "}This can: { $offered }. Send the same words with “preset: …” and its name.
  }
refusal-cast-not-taken = { $most ->
    [0] { $title } can't put cameos into a clip.
   *[other] { $title } can put { $most } cameos into a clip, no more.
  }{ $offered ->
    [none] {""}
   *[other] {" "}This can: { $offered }. Send the same words with “preset: …” and its name.
  }
refusal-picture-not-used = A picture can start a clip or change one, but not do that. Send the words alone.
refusal-picture-needs-words = Nice picture! Send it again with a few words: what should happen in it?
refusal-not-a-picture = I can't open that as a picture. Send me a PNG, JPEG, WebP or GIF.
refusal-picture-is-empty = That file is empty: nothing of the picture arrived. Please send it again.
refusal-picture-too-heavy = I can take pictures of up to { $most } MB, and that one is larger. Could you send it smaller?
refusal-picture-too-large = I can take pictures of up to { $most } megapixels, and that one has more. Could you send it smaller?
refusal-picture-of-someone = There is a person in that picture, and I start from nobody's face but your own, once you have a cameo: /cameo. To film a friend, name them: “@ana at the beach”. They decide.
refusal-picture-too-bare = That picture shows more than this place does. Try another one.
refusal-picture-not-seen = I could not look at that picture safely. Could you send it as an ordinary JPEG or PNG?
refusal-picture-not-fetched = I could not get that picture. Please send it again.
refusal-no-such-cameo = Nobody is called @{ $handle } here. Cameos are made with /cameo, by the person themselves.
refusal-no-cameo-of-yours = You have no cameo yet: /cameo makes one, for you alone to decide about.
refusal-cameo-kept-from-you = @{ $handle } can't be in this clip.
refusal-reported-before = You have reported { $code } already. A moderator will look at it.
refusal-not-a-moderator = Only this place's moderators and the room's owner can do that.
refusal-clip-is-elsewhere = { $code } was made elsewhere: you can hide it here with /mod hide, and its own moderators can take it down.
refusal-nothing-to-moderate = Nothing about { $code } waits for a moderator any more.
refusal-nothing-to-appeal = There is nothing to appeal: you are free to ask here, or your appeal is already being read.
refusal-warned-first = A moderator asks you to read this first: { $words } Send your request again to go on.
refusal-you-are-muted = You can't ask for clips here for { $hours ->
    [one] an hour
   *[other] { $hours } hours
  }. A moderator wrote: { $words } If that is wrong, tell them with /appeal.
refusal-you-are-banned = You can't ask for clips here any more. A moderator wrote: { $words } If that is wrong, tell them with /appeal.
refusal-file-too-heavy = I can look at files of up to { $most } MB, and that one is larger.
refusal-file-not-read = I could not read that file. Please try again, or with another copy of it.
refusal-against-a-rule = I can't make that. Could you ask for something else?
refusal-code = If I misread you, tell the moderators: /appeal { $code }
refusal-minor-in-such-a-scene = I make no sexual or violent scenes with minors (“{ $found }”). If they are grown-up, say “woman” or “man”; if they are children, let them do something kind.
refusal-sex-by-force = I make no sexual scenes without consent, or with animals (“{ $found }”). Try a scene in which everybody is glad to be there.
refusal-sex-with-real-people = I make nothing sexual with real people (“{ $found }”). Leave that out, or invent a character.
refusal-hateful-words = I make nothing that is hateful to a group of people (“{ $found }”). Say what happens in the scene without running anyone down.
refusal-self-harm-shown = I don't show people hurting themselves (“{ $found }”). If this is about you, please talk to someone: 988 in the US, 116 123 in the UK, 112 in Europe. For a film, show the friend who comes to help.
refusal-harm-taught = I make no instructions for what hurts people (“{ $found }”). As a story, without the how-to, it may do.
refusal-fraud-or-fake-news = I make nothing that could pass for real and deceive people (“{ $found }”). Try it with invented people, as an obvious joke.
refusal-sexual-here = Sexual scenes and nudity don't belong in this space (“{ $found }”). Give everybody clothes, or ask for a kiss and a fade to black.
refusal-too-bloody-here = That is too bloody for this space (“{ $found }”). Let it happen off screen, or with ketchup.
refusal-real-person-named = “{ $found }” is a real person, and only they decide who may show them: they can enrol a cameo and allow you. Or ask for “a singer”, “a president”…
refusal-name-is-protected = “{ $found }” belongs to someone who has not allowed it here. Invent a character of your own: a hamster in a blue coat, say.
refusal-link-code-unknown = That code is wrong or too old. Send /link for a new one on your other account.
trouble = Something went wrong on my side, not yours. Please try again.

## Answers

queue-empty = Nothing on the way. What shall I film?
queue-title = { $count ->
    [one] One clip on the way
   *[other] { $count } clips on the way
  }
queue-line = { $code } · { $standing } · { $words }
cancelled = { $code } is called off.
deleted = { $code } is deleted. Its posts go too; remixes of it stay.
delete-sure = Delete { $code } and its posts for good? Remixes of it stay.
info-title = { $code } · { $words }
info-made = by { $maker } · { $seconds } s · { $aspect } · seed { $seed } · { $preset }
info-parent = from { $parent }
info-tree = { $count ->
    [one] nothing grew from it yet
   *[other] in a tree of { $count } clips
  }
state-waiting = waiting in line
state-rendering = being made
state-done = finished
state-failed = could not be made
state-cancelled = called off
chain-title = How { $code } came to be
chain-left-out = { $count ->
    [one] … one clip earlier
   *[other] … { $count } clips earlier
  }
tree-title = { $count ->
    [one] { $code } stands alone. Reply to it to remix it.
   *[other] { $count } clips in the tree of { $code }
  }
branch = { $code } · { $words } · { $maker }, { $platform }
branch-unseen = a clip elsewhere · { $platform }
branch-deleted = a deleted clip
more-clips = { $count ->
    [one] … and one more
   *[other] … and { $count } more
  }
link-code = On your other account, send me this within 10 minutes: /link { $code }
link-alone = Send me /link in a chat with me alone: the code is for your eyes only.
linked = Linked. Your clips on { $platforms } are all yours now, everywhere.
remix-ask = What should change in { $code }? Reply to this with your words.
platform-discord = Discord
platform-telegram = Telegram
platform-room = this room
platform-api = the API
start = Hello! Tell me what to film and I'll make the clip. Try: /create a blue dragon in the snow
try-prompt = a blue dragon in the snow
help =
    Make a clip: /create a blue dragon in the snow
    Remix one: reply to it with what to change, “make it night”. Or by code: /remix 7K3F make it night
    Say it in the prompt: 8s · 9:16 · seed 4
    /again 7K3F another take · /extend 7K3F what happens next
    /queue what is on the way · /cancel call it off
    /chain 7K3F how it came to be · /tree 7K3F all that grew from it
    /cameo you in clips, by your consent: @ana playing tennis
    /info 7K3F · /delete 7K3F · /link join your accounts
help-picture = Send a picture with your words and the clip starts from it: as its place, or “as the hero”.
help-knows = { $title } can draw:
knows-line = { $group }: { $names }
knows-subjects = Who and what
knows-colours = In
knows-places = Where
knows-times = When
knows-weathers = Weather
knows-motions = Doing
knows-cameras = Camera
only-people = I take requests from people, so that each clip has a maker. Please ask from your own account.
not-by-edit = An edited message does not start a clip. Send it again as a new message.
expired-button = That button is too old. Reply to the clip instead.
reply-unread = Discord did not show me your words. Press Remix under the clip instead.

## Where a file comes from

verify-ours = This is { $code }, a clip of this room, exactly as it left here.
verify-ours-deleted = This is { $code }, a clip of this room, as it left here. It was deleted here since.
verify-ours-unknown = This file is signed with this room's key, but the room remembers no clip { $code }. Tell its owner: unless the room was started anew, someone else may have the key.
verify-ours-before = This is { $code }, a clip of this room, from before it signed what it makes.
verify-others = This file is not from this room. It is signed by someone called “{ $signer }”.
verify-broken = Don't trust this file: it was changed after it was signed, or its signature is forged.
verify-none = Nothing shows that this file is from this room: it carries no credentials. Some apps take them out of a clip, and a fake never had any.
verify-chain = How it came to be
step-create = { $code }: made from words with { $model }
step-remix = { $code }: remixed with { $model }
step-variation = { $code }: another take, with { $model }
step-extension = { $code }: what came next, with { $model }
step-likeness = { $step }, with a person's likeness, by their consent
step-deleted = { $step } (deleted since)
step-signed = “{ $title }”, signed by someone called “{ $signer }”
step-signed-picture = a picture signed by someone called “{ $signer }”
step-unsigned = “{ $title }”, without credentials
step-unsigned-picture = a picture without credentials
step-ours = “{ $title }”, signed by this room
## Buttons and commands

button-report = 🚩 Report
command-report = Say what is wrong with a clip
command-appeal = Say why a mute or a ban is wrong
command-mod = For moderators: what waits, and what to do
command-queue-of-moderation = What waits for a moderator
command-release = Let a held clip be seen
command-dismiss = Set reports of a clip aside
command-hide = Take a clip out of this place
command-show = Bring a hidden clip back
command-takedown = Take a clip down everywhere
command-warn = Warn a clip's maker
command-mute = Let a clip's maker ask for nothing for a while
command-ban = Let a clip's maker ask for nothing any more
command-lift = End a mute or a ban
option-reason = What is wrong
option-said = Your words
option-all = With all that grew from it
option-hours = For how many hours
option-sanction = Its number
menu-report = Report

button-remix = 🎬 Remix
button-again = 🔁 Again
button-extend = ⏩ Extend
button-chain = 🔗 Chain
button-tree = 🌳 Tree
button-info = ℹ️ Info
button-delete = 🗑 Delete
button-cancel = ✖️ Cancel
button-more = More…
field-change = What should change?
field-next = What happens next? (may stay empty)
command-create = Make a clip from words
command-remix = Change a clip: its code, then what to change
command-again = Another take of a clip
command-extend = Let a clip go on
command-chain = How a clip came to be
command-tree = All that grew from a clip
command-queue = Your clips on the way
command-cancel = Call off a clip on the way
command-info = What a clip is
command-delete = Delete a clip of yours
command-link = Join your accounts on other platforms
command-help = What you can say
command-start = Say hello
menu-remix = Remix
menu-chain = Chain
option-picture = A picture to start from
option-prompt = What to film, in a few words
option-style = A look
option-aspect = The shape of the picture
option-seconds = How long, in seconds
option-seed = A number that gives the same clip again
option-preset = A way of rendering
option-clip = The code of a clip, like 7K3F
option-change = What should change
option-next = What happens next
option-code = The code from your other account

## The page

page-title = Reelroom
page-you = You
page-foreign = This room answers only to its own pages.
page-key-needed = This room asks for a key: its owner makes one with “reelroom key NAME”.
page-key-wrong = That key does not open this room.
page-too-fast = That was too many at once. Please try again in { $seconds } s.
page-key = Your key
page-enter = Enter
page-prompt = What shall I film?
page-hint = a blue dragon in the snow, 4s 16:9
page-send = Make the clip
page-clips = Clips
page-empty = Type what you would like to see. The first clip takes a few seconds.
page-offline = The room is out of reach. Trying again…
page-close = Close
page-delete-sure = Delete this clip for good? Remixes of it stay.
page-picture = Start from a picture
page-picture-away = Leave the picture out
page-help = What you can say
page-verify = Where is a file from?
page-verify-drop = Drop a clip or a picture here, or choose one. I'll tell you whether this room made it, and how it came to be.
page-verify-choose = Choose a file
page-verify-reading = Reading…
page-skip = Skip to the prompt

## The API

api-no-characters = People come into clips by their cameos alone, which they film themselves: name one in the prompt, like @ana.
api-unknown = This room serves /v1/videos and nothing else of that API.
api-not-our-video = That file is not a clip of this room that you may use. Send the clip's id.
