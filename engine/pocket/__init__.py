"""Pocket, the bundled model: a small text-to-video diffusion model whose style is pixel art.

`world/` draws what it learns from, `codec.py` and `render.py` turn its latents into frames,
`train.py` makes `weights/`. It never imports the worker, a chat or the database.
"""
