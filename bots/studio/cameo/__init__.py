"""Cameos: enrolling a likeness, deciding about it, answering for it, seeing its uses, taking back.

Everything is for the owner of a cameo, found by their member alone: from any linked account, and
also when they have left the space. Whether a clip may hold a likeness is asked of
storage/consent.py; nothing here decides that by itself.
"""
