"""The world that Pocket is trained on: subjects, places, light, motion, and words for them.

Everything is drawn here from a seed and the committed sprite atlas; nothing is downloaded.
"""
