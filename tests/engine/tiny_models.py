"""Checkpoints of the real classes with random weights a few dozen wide, saved as real ones are."""

from pathlib import Path

import torch
from diffusers import (
    AutoencoderKLLTX2Audio,
    AutoencoderKLLTX2Video,
    AutoencoderKLWan,
    FlowMatchEulerDiscreteScheduler,
    LTX2Pipeline,
    LTX2VideoTransformer3DModel,
    UniPCMultistepScheduler,
    WanPipeline,
    WanTransformer3DModel,
    WanVACEPipeline,
    WanVACETransformer3DModel,
)
from diffusers.pipelines.ltx2 import LTX2TextConnectors, LTX2Vocoder
from diffusers.pipelines.ltx2.latent_upsampler import LTX2LatentUpsamplerModel
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import (
    Gemma3Config,
    Gemma3ForConditionalGeneration,
    PreTrainedTokenizerFast,
    UMT5Config,
    UMT5EncoderModel,
)

WORDS = ["<pad>", "<unk>", "a", "red", "fox", "in", "the", "snow", "night", "cat", "hops"]


def wan(folder: Path, *, experts: int = 1) -> None:
    """Wan 2.1's T2V, or with two experts Wan 2.2's A14B."""
    torch.manual_seed(0)
    two = {"transformer_2": _wan_transformer(), "boundary_ratio": 0.875} if experts == 2 else {}
    WanPipeline(
        tokenizer=_tokenizer(),
        text_encoder=_umt5(),
        vae=_wan_vae(),
        scheduler=_unipc(),
        transformer=_wan_transformer(),
        **two,
    ).save_pretrained(folder)


def wan_5b(folder: Path) -> None:
    """Wan 2.2's TI2V-5B: 16 × 16 pixels a latent, a time for each token."""
    torch.manual_seed(0)
    vae = AutoencoderKLWan(
        base_dim=3, z_dim=48, latents_mean=[0.0] * 48, latents_std=[1.0] * 48,
        dim_mult=[1, 1, 1, 1], num_res_blocks=1, is_residual=True, in_channels=12,
        out_channels=12, patch_size=2, scale_factor_spatial=16,
    )  # fmt: skip
    WanPipeline(
        tokenizer=_tokenizer(),
        text_encoder=_umt5(),
        vae=vae,
        scheduler=_unipc(),
        transformer=_wan_transformer(channels=48),
        expand_timesteps=True,
    ).save_pretrained(folder)


def vace(folder: Path) -> None:
    """Wan 2.1's VACE."""
    torch.manual_seed(0)
    transformer = WanVACETransformer3DModel(
        patch_size=(1, 2, 2), num_attention_heads=2, attention_head_dim=12, in_channels=16,
        out_channels=16, text_dim=32, freq_dim=32, ffn_dim=32, num_layers=2, vace_layers=[0],
        vace_in_channels=96,
    )  # fmt: skip
    WanVACEPipeline(
        tokenizer=_tokenizer(),
        text_encoder=_umt5(),
        vae=_wan_vae(),
        scheduler=_unipc(),
        transformer=transformer,
    ).save_pretrained(folder)


def ltx2(folder: Path, *, refined: bool = False) -> None:
    """LTX-2 with its sound: 32 × 32 pixels and 8 frames a latent; `refined` with a second stage."""
    torch.manual_seed(0)
    text = Gemma3ForConditionalGeneration(_gemma())
    audio_vae = AutoencoderKLLTX2Audio(
        base_channels=8, output_channels=2, ch_mult=(1, 1, 1), num_res_blocks=1, in_channels=2,
        resolution=32, latent_channels=2, mel_bins=16,
    )  # fmt: skip
    LTX2Pipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=AutoencoderKLLTX2Video(
            latent_channels=4, block_out_channels=(8, 8, 8),
            down_block_types=("LTX2VideoDownBlock3D",) * 3,
            decoder_block_out_channels=(8, 8, 8), layers_per_block=(1, 1, 1, 1),
            decoder_layers_per_block=(1, 1, 1, 1), spatio_temporal_scaling=(True,) * 3,
            downsample_type=("spatiotemporal",) * 3, upsample_residual=(False,) * 3,
            upsample_factor=(1, 1, 1),
        ),
        audio_vae=audio_vae,
        text_encoder=text,
        tokenizer=_tokenizer(),
        connectors=LTX2TextConnectors(
            caption_channels=16, text_proj_in_factor=3, video_connector_num_attention_heads=2,
            video_connector_attention_head_dim=8, video_connector_num_layers=1,
            video_connector_num_learnable_registers=None, audio_connector_num_attention_heads=2,
            audio_connector_attention_head_dim=8, audio_connector_num_layers=1,
            audio_connector_num_learnable_registers=None, connector_rope_base_seq_len=32,
            rope_double_precision=False, rope_type="split",
        ),
        transformer=_ltx2_transformer(),
        vocoder=LTX2Vocoder(
            in_channels=32, hidden_channels=32, upsample_kernel_sizes=[20, 8, 8],
            upsample_factors=[10, 4, 4], resnet_kernel_sizes=[3], resnet_dilations=[[1, 3, 5]],
            output_sampling_rate=16_000,
        ),
    ).save_pretrained(folder)  # fmt: skip
    if refined:
        LTX2LatentUpsamplerModel(
            in_channels=4, mid_channels=32, num_blocks_per_stage=1
        ).save_pretrained(folder / "latent_upsampler")


def _gemma() -> Gemma3Config:
    return Gemma3Config(
        text_config={
            "vocab_size": 64, "hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 2,
            "num_attention_heads": 2, "num_key_value_heads": 1, "head_dim": 8, "pad_token_id": 0,
        },
        vision_config={
            "hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1,
            "num_attention_heads": 2, "image_size": 28, "patch_size": 14,
        },
        mm_tokens_per_image=4, image_token_index=60, boi_token_index=61, eoi_token_index=62,
    )  # fmt: skip


def _tokenizer() -> PreTrainedTokenizerFast:
    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(WORDS)}, "<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", model_max_length=64
    )


def _umt5() -> UMT5EncoderModel:
    return UMT5EncoderModel(
        UMT5Config(vocab_size=64, d_model=32, d_kv=8, d_ff=32, num_layers=1, num_heads=4)
    )


def _wan_vae() -> AutoencoderKLWan:
    return AutoencoderKLWan(base_dim=3, z_dim=16, dim_mult=[1, 1, 1, 1], num_res_blocks=1)


def _unipc() -> UniPCMultistepScheduler:
    return UniPCMultistepScheduler(
        prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=3.0
    )


def _wan_transformer(*, channels: int = 16) -> WanTransformer3DModel:
    return WanTransformer3DModel(
        patch_size=(1, 2, 2), num_attention_heads=2, attention_head_dim=12,
        in_channels=channels, out_channels=channels, text_dim=32, freq_dim=32, ffn_dim=32,
        num_layers=2,
    )  # fmt: skip


def _ltx2_transformer() -> LTX2VideoTransformer3DModel:
    transformer = LTX2VideoTransformer3DModel(
        in_channels=4, out_channels=4, num_attention_heads=2, attention_head_dim=8,
        cross_attention_dim=16, audio_in_channels=8, audio_out_channels=8,
        audio_num_attention_heads=2, audio_attention_head_dim=4, audio_cross_attention_dim=8,
        num_layers=1, caption_channels=16, rope_double_precision=False, rope_type="split",
    )  # fmt: skip
    # Random words would hardly be heeded: what they add is made large.
    for block in transformer.transformer_blocks:
        torch.nn.init.normal_(block.attn2.to_out[0].weight, std=2.0)
    return transformer
