"""The app's answers to interactions: the callback, follow-ups and edits by token.

Relies on the desk for which interaction may still be answered, and on compose.py for what a
message may hold.
"""

from __future__ import annotations

from typing import Any

from .calls import NOTHING, ApiError, Call, Reply, endpoint
from .channels import upload_limit
from .compose import compose, number
from .desk import Answer, Interaction, Kind, State
from .payloads import message_payload
from .rest import invalid
from .shapes import Flaw
from .things import Flag, Json, Message, walk
from .world import World

#: Follow-ups that an app may send where only the person installed it (code 40094).
USER_INSTALL_FOLLOWUPS = 5

_TOKEN_MESSAGE = "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"
_ORIGINAL = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"


@endpoint("POST", "/interactions/{interaction_id}/{interaction_token}/callback")
def callback(call: Call) -> Reply:
    """The app's one answer to an interaction."""
    desk = call.server.desk
    interaction = desk.waiting(call.id("interaction_id"), call.params["interaction_token"])
    answer = _answer_of(call, interaction)
    data: Json = call.body.get("data") or {}
    match answer:
        case Answer.MESSAGE:
            fields = _composed(call, interaction, data)
            interaction.response = _post(call.server.world, interaction, fields)
        case Answer.DEFERRED_MESSAGE:
            flags = Flag.LOADING | int(data.get("flags") or 0) & Flag.EPHEMERAL
            interaction.response = _post(call.server.world, interaction, {"flags": flags})
        case Answer.DEFERRED_UPDATE:
            interaction.response = interaction.source
        case Answer.UPDATE:
            assert interaction.source is not None
            fields = _composed(call, interaction, data, before=interaction.source)
            call.server.world.change_message(interaction.source, fields)
            interaction.response = interaction.source
        case Answer.CHOICES:
            interaction.choices = data.get("choices") or []
        case Answer.MODAL:
            interaction.modal = _checked_modal(data)
    interaction.answer = answer
    interaction.end(State.ANSWERED)
    if not call.asks("with_response"):
        return NOTHING
    return Reply(200, _callback_payload(call.server.world, interaction))


@endpoint("POST", "/webhooks/{webhook_id}/{webhook_token}")
def follow_up(call: Call) -> Reply:
    """A further message; the first one after "thinking" takes its place."""
    world = call.server.world
    interaction = _by_webhook(call)
    original = interaction.response
    if original is not None and original.loading and not original.deleted:
        fields = _composed(call, interaction, call.body, before=original)
        world.change_message(original, fields)
        return Reply(200, message_payload(world, original))
    guild = interaction.channel.guild
    alone = guild is not None and not guild.has_bot
    if alone and len(interaction.followups) >= USER_INSTALL_FOLLOWUPS:
        words = "This interaction has hit the maximum number of follow up messages"
        raise ApiError(400, 40094, words)
    made = _post(world, interaction, _composed(call, interaction, call.body))
    interaction.followups.append(made)
    return Reply(200, message_payload(world, made))


@endpoint("GET", _ORIGINAL)
@endpoint("GET", _TOKEN_MESSAGE)
def token_message(call: Call) -> Reply:
    return Reply(200, message_payload(call.server.world, _own(call, _by_webhook(call))))


@endpoint("PATCH", _ORIGINAL)
@endpoint("PATCH", _TOKEN_MESSAGE)
def edit_token_message(call: Call) -> Reply:
    interaction = _by_webhook(call)
    found = _own(call, interaction)
    fields = _composed(call, interaction, call.body, before=found)
    call.server.world.change_message(found, fields)
    return Reply(200, message_payload(call.server.world, found))


@endpoint("DELETE", _ORIGINAL)
@endpoint("DELETE", _TOKEN_MESSAGE)
def delete_token_message(call: Call) -> Reply:
    call.server.world.delete_message(_own(call, _by_webhook(call)))
    return NOTHING


def _answer_of(call: Call, interaction: Interaction) -> Answer:
    """The kind of answer, refused where this kind of interaction can't have it."""
    kind = call.body["type"]
    on_message = interaction.source is not None
    allowed: set[int] = {Answer.MESSAGE, Answer.DEFERRED_MESSAGE}
    if interaction.kind is Kind.AUTOCOMPLETE:
        allowed = {Answer.CHOICES}
    elif interaction.kind is not Kind.MODAL:
        allowed.add(Answer.MODAL)
    if on_message:
        allowed |= {Answer.DEFERRED_UPDATE, Answer.UPDATE}
    if kind not in allowed:
        words = f"Value must be one of {sorted(int(a) for a in allowed)}."
        raise invalid(Flaw(("type",), "BASE_TYPE_CHOICES", words))
    return Answer(kind)


def _composed(
    call: Call, interaction: Interaction, body: Json, *, before: Message | None = None
) -> dict[str, Any]:
    limit = upload_limit(interaction.channel)
    return compose(call.server.world, body, call.files, limit=limit, before=before)


def _post(world: World, interaction: Interaction, fields: dict[str, Any]) -> Message:
    hidden = fields["flags"] & Flag.EPHEMERAL
    whole = {
        **fields,
        "type": interaction.answer_type,
        "interaction": interaction.metadata,
        "webhook_id": world.application_id,
        "only_for": interaction.person if hidden else None,
    }
    return world.add_message(interaction.channel, world.bot, whole)


def _checked_modal(data: Json) -> Json:
    components = number(data["components"])
    ids = [c["custom_id"] for c in walk(components) if c.get("custom_id")]
    if len(set(ids)) < len(ids):
        raise invalid(Flaw(("data",), "COMPONENT_CUSTOM_ID_DUPLICATED", "custom_id twice"))
    if sum(c["type"] != 10 for c in components) > 5:
        raise invalid(Flaw(("data",), "BASE_TYPE_BAD_LENGTH", "More than 5 inputs"))
    return {**data, "components": components}


def _by_webhook(call: Call) -> Interaction:
    return call.server.desk.answered(call.id("webhook_id"), call.params["webhook_token"])


def _own(call: Call, interaction: Interaction) -> Message:
    """The message named in the path, if this token reaches it."""
    found = interaction.response
    if call.template != _ORIGINAL:
        mine = [*interaction.followups, *([found] if found else [])]
        found = next((m for m in mine if m.id == call.id("message_id")), None)
    if found is None or found.deleted:
        raise ApiError(404, 10008, "Unknown Message")
    return found


def _callback_payload(world: World, interaction: Interaction) -> Json:
    assert interaction.answer is not None
    told: Json = {"id": str(interaction.id), "type": int(interaction.kind)}
    resource: Json = {"type": int(interaction.answer)}
    response = interaction.response
    if response is not None:
        told |= {
            "response_message_id": str(response.id),
            "response_message_loading": response.loading,
            "response_message_ephemeral": response.ephemeral,
        }
        if interaction.answer is not Answer.DEFERRED_UPDATE:
            resource["message"] = message_payload(world, response)
    return {"interaction": told, "resource": resource}
