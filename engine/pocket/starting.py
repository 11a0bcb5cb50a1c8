"""Where a training begins: with nothing, or with the pipeline folder of an earlier one.

A folder's codec and tokenizer are taken as they are, so that its weights keep their meaning; a
subject that is new since gets a word of its own, and the palette its colours. It never touches
the folder.
"""

from pathlib import Path

import torch
from transformers import AddedToken, BertModel, PreTrainedTokenizerFast

from engine.pocket.codec import PocketCodec
from engine.pocket.fit import fit_codec, fit_palette
from engine.pocket.model import Pocket
from engine.pocket.text import fit_tokenizer
from engine.pocket.transformer import PocketTransformer


def begin(
    subjects: tuple[str, ...], seed: int, *, start: Path | None
) -> tuple[PocketCodec, PreTrainedTokenizerFast]:
    """The codec and the tokenizer for those subjects. Raises OSError where `start` is no folder."""
    if start is None:
        return fit_codec(subjects, seed), fit_tokenizer(subjects, seed)
    codec: PocketCodec = PocketCodec.from_pretrained(start / "vae", torch_dtype=torch.float32)
    codec.register_to_config(subjects=subjects)
    codec.sprite_palette.data.copy_(fit_palette(subjects))
    tokenizer = PreTrainedTokenizerFast.from_pretrained(start / "tokenizer")
    known = tokenizer.get_vocab()
    new = [AddedToken(name, single_word=True) for name in subjects if name not in known]
    tokenizer.add_tokens(new)
    return codec.eval(), tokenizer


def take_over(model: Pocket, start: Path) -> None:
    """Give `model` the folder's weights; words that the folder lacks keep their own."""
    text = BertModel.from_pretrained(start / "text_encoder", dtype=torch.float32)
    kept = text.state_dict()
    words = "embeddings.word_embeddings.weight"
    rows = model.text.state_dict()[words].clone()
    rows[: len(kept[words])] = kept[words]
    model.text.load_state_dict(kept | {words: rows})
    transformer = PocketTransformer.from_pretrained(
        start / "transformer", torch_dtype=torch.float32
    )
    model.transformer.load_state_dict(transformer.state_dict())
