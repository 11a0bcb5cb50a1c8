### The panels of cameos: what their owners read alone, and the keys they press.

words-with = { $words }, with { $names }
button-ask-handle = ✋ Ask @{ $handle }
panel-none =
    A cameo puts you into clips: your face and your voice. Nobody may use it unless you say so. You see every clip with you, and one tap takes it back.
    You film yourself for ten seconds. Cameos of people are for adults, 18 and over.
panel-challenge =
    Film yourself in one go: face in good light, nobody else in the picture.
    1. Look at the camera and say these digits, one by one:
    { $digits }
    2. Turn your head slowly, back to the front each time:
    { $turns }
panel-turn-left = ⬅️ to your left
panel-turn-right = ➡️ to your right
panel-turn-up = ⬆️ up
panel-turn-down = ⬇️ down
panel-challenge-form = Then press “I filmed it”. You have { $minutes } minutes.
panel-challenge-chat = Then send me the film here: a round video is best. You have { $minutes } minutes.
panel-challenge-page = You have { $minutes } minutes. The film is looked at by this room and not kept.
panel-try-form = Film it again and press “I filmed it”, or get new digits.
panel-try-chat = Send me another film, or get new digits.
panel-try-page = For another try you get new digits.
panel-film-got =
    Got your film. Cameos of people are for adults: are you 18 or older?
    It will be called @{ $handle }. For another name, reply to your film with it.
panel-film-again = Got your film. It takes the place of the one I have of @{ $handle }. Are you 18 or older?
panel-film-yes = I'm 18 or older: go
panel-film-looking = Looking at your film. This takes up to a minute…
panel-film-first = Nice! To make it a cameo, send /cameo first: I'll give you digits to say, so that nobody can use an old film of you.
panel-made = Here you are: @{ $handle }. This picture and your film's voice are sealed; who may use them is up to you.
panel-made-again = Done: @{ $handle } has a new likeness. All else stays as you set it.
panel-pet-how =
    A pet or a thing? Send me a photo or a short film of it, without people, and write under it:
    /cameo pet rex
    or /cameo thing lamp
panel-title-person = @{ $handle } · you
panel-title-pet = @{ $handle } · your pet
panel-title-thing = @{ $handle } · your thing
panel-who = Who may put @{ $handle } into clips?
panel-may-me = Only you may use it.
panel-may-approved = People you let in may use it.
panel-may-approved-first = People you let in may ask; you are asked about each clip.
panel-may-space = People in the places you named may use it.
panel-may-space-first = People in the places you named may ask; you are asked about each clip.
panel-may-everyone = Everyone may use it.
panel-may-everyone-first = Everyone may ask; you are asked about each clip.
panel-policy-me = Only me
panel-policy-approved = People I let in
panel-policy-space = People here
panel-policy-everyone = Everyone
panel-ask-first = Ask me first, each time
panel-clips = { $count ->
    [0] No clip holds it.
    [one] One clip holds it.
   *[other] { $count } clips hold it.
  }
panel-questions = { $count ->
    [one] ✋ One question waits for you.
   *[other] ✋ { $count } questions wait for you.
  }
panel-clips-title = { $count ->
    [0] No clip holds @{ $handle }.
    [one] One clip holds @{ $handle }. A tap takes it back.
   *[other] { $count } clips hold @{ $handle }. A tap takes one back.
  }
panel-nobody = You let nobody in and keep nobody out.
panel-people-title = People and @{ $handle }. Tap one to decide:
panel-person = { $name } · { $standing } · { $count ->
    [0] no clips
    [one] one clip
   *[other] { $count } clips
  }
panel-standing-granted = let in
panel-standing-blocked = kept out
panel-standing-none = neither let in nor kept out
panel-no-questions = Nothing waits for your answer.
panel-questions-left = { $count ->
    [one] One more question after this.
   *[other] { $count } more questions after this.
  }
panel-sure-narrow = { $count ->
    [one] One clip would not be covered any more: it is taken down everywhere. Sure?
   *[other] { $count } clips would not be covered any more: they are taken down everywhere. Sure?
  }
panel-sure-clip = Take { $code } back? It and what grew from it with you in it are taken down everywhere, for good.
panel-sure-all = { $count ->
    [0] No clip by others holds you. From now on it is only you who may use your cameo. Sure?
    [one] Take back the one clip that others made with you? From now on only you may use your cameo.
   *[other] Take back all { $count } clips that others made with you? From now on only you may use your cameo.
  }
panel-sure-from = { $count ->
    [one] Take their one clip with you down everywhere, and keep them out?
   *[other] Take their { $count } clips with you down everywhere, and keep them out?
  }
panel-sure-erase = { $count ->
    [0] Erase @{ $handle } for good? Its pictures, voice and key are destroyed.
    [one] Erase @{ $handle } for good? Its pictures, voice and key are destroyed, and the one clip that holds it is taken down.
   *[other] Erase @{ $handle } for good? Its pictures, voice and key are destroyed, and all { $count } clips that hold it are taken down, your own too.
  }
panel-erased = { $count ->
    [0] Erased. Nothing of it can be read any more.
    [one] Erased, and one clip with it is being taken down. Nothing of it can be read any more.
   *[other] Erased, and { $count } clips with it are being taken down. Nothing of it can be read any more.
  }
panel-exported = Everything that I keep about your cameos. It holds your face and your voice: keep it to yourself.
panel-alone = Your cameo is between you and me: open it in a chat with me alone.
panel-alone-open = Open my cameo
panel-people-here = Let people here use mine
panel-told-alone = Done. I wrote to you alone.
panel-unreached = I can't write to you first here. Open me and press Start.
panel-key-home = ‹ Back
panel-key-enroll = 🎥 Film myself
panel-key-filmed = ✅ I filmed it
panel-key-pet = 🐾 A pet or a thing
panel-key-clips = 🎞 Clips
panel-key-all = Take all back
panel-key-policy = 🔐 Who may use it
panel-key-people = 👥 People
panel-key-in = Let in
panel-key-out = Keep out
panel-key-forget = Neither
panel-key-from = Take their clips back
panel-key-words = ✏️ Always / not for
panel-key-asked = ✋ Questions
panel-key-yes = ✅ Approve
panel-key-no = ❌ Refuse
panel-key-never = 🚫 Refuse and block
panel-key-export = 📦 Export
panel-key-erase = 🗑 Erase
panel-key-sure = Yes, do it
panel-key-keep = No, leave it
panel-form-film = Your film
panel-form-thing = A pet or a thing
panel-form-words = Always / not for
panel-field-film = The film you just made
panel-field-thing = A photo or short film, without people
panel-field-handle = What people type after @
panel-field-adult = Are you 18 or older?
panel-field-kind = What is it?
panel-field-looks = What it always shows (may stay empty)
panel-field-not-for = What it may not be used for (may be empty)
panel-adult-yes = I am 18 or older
panel-adult-no = I am younger
panel-kind-pet = A pet
panel-kind-thing = A thing
panel-looks-ask = What should @{ $handle } always show? Reply to this, “always with my red hat”. A dot clears it.
panel-not-for-ask = What may @{ $handle } not be used for? Reply to this, “no politics, no kissing”. A dot clears it.
command-cameo = Your likeness in clips, by your consent
command-cameo-mine = Your cameo, and all you can do with it
command-cameo-enroll = Film yourself, so that clips can show you
command-cameo-pet = A cameo of a pet or a thing
command-cameo-clips = Every clip that holds your cameo; take one back
command-cameo-policy = Who may use your cameo
command-cameo-people = Whom you let in and whom you keep out
command-cameo-words = What it always shows, and what it is not for
command-cameo-erase = Erase your cameo and every clip with it
command-cameo-export = Everything kept about your cameos, as a file
option-cameo = One of your cameos
option-person = Somebody to let in or to keep out
option-cast = Whose cameo plays in it
refusal-film-not-fetched = I could not get that film. Please send it again.
progress-unreached = I could not write to { $names }: tell them that a question waits for them under /cameo.
panel-film-rename = Reply to your film with another name.
page-cameo = Your cameo
page-cameo-camera = 🎥 Turn the camera on
page-cameo-record = ⏺ Record
page-cameo-stop = ⏹ Done
page-cameo-again = ↺ Film again
page-cameo-file = A film from this device
page-cameo-send = Send my film
page-cameo-make = Make the cameo
page-cameo-keep = Keep
page-cameo-no-film = Film yourself first, or choose a film.
page-cameo-no-camera = I may not use the camera. Allow it in the browser, or choose a film.
panel-made-thing = Here you are: @{ $handle }. This picture is sealed; who may use it is up to you.
panel-space-how = For the people of a group or a channel, say /cameo policy there.
panel-key-anew = 🎥 Film me anew
panel-people-form = To let somebody in or keep them out: /cameo people, and choose them.
panel-people-chat = To let somebody in: answer a message of theirs in a group with /cameo allow. To keep them out: /cameo block.
panel-people-page = Whoever asks for a clip with you is listed here.
panel-in-but-me = “Only me” is set, so they still have to ask you each time. To change that:
panel-narrow-here = Some clips with you would not be covered any more. Choose “Only me” in our own chat first, then press this again.
panel-once-more = That took me too long. Please try once more.
