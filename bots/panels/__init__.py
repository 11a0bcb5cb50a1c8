"""Panels: what a member is shown alone and can press, the same on every platform.

A panel is text, keys in rows, and what comes with them. Adapters turn it into a message of their
platform and hand back the press; nothing is kept between two presses.
"""
