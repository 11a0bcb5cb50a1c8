### What members read about cameos, in English.

## What an owner decides

cameo-taken-down = { $count ->
    [0] No clip had to go.
    [one] One clip is taken down, with its posts.
   *[other] { $count } clips are taken down, with their posts.
  }
cameo-restrictions = not for: { $words }
cameo-looks = always: { $words }
cameo-use = { $code } · by { $maker } · { $when } · { $where } · { $words }
cameo-use-draft = not shown yet: waits for a yes
cameo-use-making = being made
cameo-use-nowhere = posted nowhere
cameo-use-leaving = { $platform } (being taken down)
cameo-use-refused = { $platform } (it refuses to take it down; I keep trying)
cameo-use-remixes = { $count ->
    [one] and one remix
   *[other] and { $count } remixes
  }
cameo-owed = { $count ->
    [one] One post of a clip that is gone still stands: { $platforms }. I keep trying to take it down.
   *[other] { $count } posts of clips that are gone still stand: { $platforms }. I keep trying to take them down.
  }

## What an owner is asked

ask-prompt =
    { $maker } would like @{ $handle } in a clip:
    “{ $words }”
    Asked in { $place }. Nothing is filmed before you say yes, and you see it before anyone else does.
ask-draft =
    { $maker }'s clip with @{ $handle } is made, and nobody else has seen it:
    “{ $words }”
    Shall it be posted in { $place }?
ask-restrictions = You said: { $restrictions }
ask-until = No answer within { $hours ->
    [one] an hour
   *[other] { $hours } hours
  } means no.
place-private = a chat of their own
place-group = a chat on { $platform }
place-room = the room
answered-prompt-yes = Thank you. { $code } will be made, and you see it before anyone else does.
answered-draft-yes = Thank you. { $code } goes out now.
answered-waiting = Thank you. { $code } still waits for { $names }.
answered-no = { $code } won't come. { $maker } reads that you said no.
answered-blocked = { $code } won't come, and { $maker } can't ask for @{ $handle } any more.

## What a maker reads

progress-asked = Waiting for { $names } to say yes. They have a day; you can call it off any time.
with-cast = with { $names }
failed-likeness-refused = @{ $handle } would rather not be in { $code }, so it won't come.
failed-likeness-unanswered = @{ $handle } did not answer about { $code } in time, and that means no. You can ask again later.
failed-all-taken-back = { $code } and other clips of yours were taken down: someone who plays in them took their likeness back.

## Refusals

refusal-cameo-not-yours = @{ $handle } decides about each use. Shall I ask them? { $restricted ->
    [1] They don't want: { $restrictions }
   *[other] They see the words first, and the clip before anyone else.
  }
refusal-handle-unfit = “{ $handle }” can't be a name. Take { $least } to { $most } letters, digits or _, and none that means everyone.
refusal-handle-taken = Somebody is called @{ $handle } already. Take another name.
refusal-no-cameo-called = You have no cameo called @{ $handle }. /cameo shows yours.
refusal-only-for-adults = Cameos of people are for adults only, and only for the person themselves. Pets and things are welcome.
refusal-no-challenge = There is no challenge for that film, or its ten minutes or its tries are over. /cameo gives you a new one.
refusal-too-many-cameos = You have { $most } cameos of pets and things, and that is as many as I keep. Erase one first.
refusal-sure-to-narrow = With that, { $count ->
    [one] one clip of others would be taken down.
   *[other] { $count } clips of others would be taken down.
  } Say so again if you are sure.
refusal-nothing-asked = Nothing about { $code } waits for your answer any more: it was answered, called off, or its time ran out.
refusal-something-else-asked = Now { $code } is made and the question is another one: please look at it first.
refusal-cameo-restricted = @{ $handle } does not want to be in that: “{ $restriction }”. Try it without.
refusal-wish-forgotten = I don't have those words any more. Please send them again.
refusal-waits-for-yes = { $code } waits for @{ $handle } to say yes. Until then nothing can be made from it.
refusal-cameo-unfit = { $reason ->
    [not-a-video] I can't read that as a film. Please film it with your phone's camera and send it as a video.
    [not-a-picture] I can't read that as a picture. Please send a photo or a short film.
    [too-heavy] That file is too large for me. Please film it shorter, or in a smaller size.
    [too-short] That film is too short. Say all the digits, then make all the turns, without hurry.
    [too-long] That film is too long. Half a minute is plenty.
    [too-dark] It is too dark to see you. Turn towards a window or a lamp and film it again.
    [too-blurry] The picture is blurred. Hold the phone still, wipe the lens, and film it again.
    [too-quiet] I can hardly hear you. Speak up, closer to the phone.
    [no-sound] That film has no sound. Turn the microphone on and film it again.
    [no-face] I can't see your face all the time. Keep it in the middle of the picture.
    [too-far] You are too far away. Hold the phone closer, at arm's length.
    [two-faces] I see more than one face. Be alone in the picture, and mind posters and screens behind you.
    [face-changed] The face did not look the same throughout. Film it in one go, by yourself.
    [cut] The film jumps. Film it in one go, without cutting it.
    [still] It looks like a picture of a picture. Film yourself, live, with the camera in front of you.
    [not-turned] I did not see all the turns. Turn your head clearly each time, and back to the front.
    [wrong-order] The turns came in another order. Make them as they are listed.
    [digits-not-heard] I did not hear all the digits. Say them one by one, clearly, in a quiet place.
    [a-person] There is a person's face in it. Cameos of people are made by themselves, with /cameo.
    [took-too-long] That film took me too long to read. Please send a shorter one, in a smaller size.
   *[other] I could not read that film. Please film it again.
  }

## Buttons

button-approve = ✅ Yes, film it
button-approve-draft = ✅ Yes, post it
button-refuse = ✖️ No
button-block = ⛔ No, never again
button-ask = 🙋 Ask them
