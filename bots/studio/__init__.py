"""What a member can do, with no platform in sight.

Each function takes the room, who asks and their words, and returns a value that says what was
queued or found, or raises a Refusal. Adapters translate both for their platform.
"""
