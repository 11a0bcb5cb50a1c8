"""Pocket's own reader: a small WordPiece tokenizer and a three-layer BERT, trained along.

The tokenizer is fitted to the captions of the world; the encoder starts from nothing.
"""

from collections.abc import Iterator, Sequence
from string import ascii_lowercase, digits, punctuation

import numpy as np
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from engine.pocket.world.captions import caption, exact
from engine.pocket.world.sampling import completed, said_scene

#: Tokens a prompt is padded or cut to: the pipeline's `max_sequence_length`.
MAX_TOKENS = 48
#: Width of the encoder's output: the transformer's `text_dim`.
TEXT_DIM = 192
_SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]


def fit_tokenizer(subjects: Sequence[str], seed: int) -> PreTrainedTokenizerFast:
    """A lower-case WordPiece of at most 1,500 pieces, the same for the same seed."""
    made = _reading(_pieces(subjects, seed))
    made.add_special_tokens(_SPECIAL)
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        special_tokens=[(t, made.token_to_id(t)) for t in ("[CLS]", "[SEP]")],
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=made,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        model_max_length=MAX_TOKENS,
    )


def _reading(pieces: dict[str, int]) -> Tokenizer:
    made = Tokenizer(models.WordPiece(pieces, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True, strip_accents=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


def _pieces(subjects: Sequence[str], seed: int) -> dict[str, int]:
    """Each word piece's number.

    Trainers number letters in the order that a hash table gives them, another each time. Said
    beforehand to be special, they keep theirs, and with them all that is made of them.
    """
    letters = [*ascii_lowercase, *digits, *punctuation]
    first = [*_SPECIAL, *letters, *(f"##{letter}" for letter in letters)]
    trainer = trainers.WordPieceTrainer(vocab_size=1500, special_tokens=first, show_progress=False)
    trained = _reading({})
    trained.train_from_iterator(_captions(subjects, seed), trainer)
    pieces: dict[str, int] = trained.get_vocab(with_added_tokens=False)
    return pieces


def _captions(subjects: Sequence[str], seed: int) -> Iterator[str]:
    rng = np.random.default_rng(seed)
    for _ in range(12_000):
        said = said_scene(rng, subjects)
        yield caption(said, rng)
        yield exact(completed(said, rng))


def new_encoder(vocabulary: int) -> BertModel:
    """An untrained encoder for that many word pieces."""
    return BertModel(
        BertConfig(
            vocab_size=vocabulary,
            hidden_size=TEXT_DIM,
            num_hidden_layers=3,
            num_attention_heads=4,
            intermediate_size=2 * TEXT_DIM,
            max_position_embeddings=MAX_TOKENS,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
    )
