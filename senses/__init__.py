"""What is seen and heard in a file that a stranger sent: faces, digits said, a voice.

Ask by the functions of `senses.asking`; they decode nothing in your process. The values are in
`senses.values`. Nothing here knows members, cameos or chats.
"""
