"""Sampling at fixed noise levels, for models that were distilled to a few steps.

diffusers' own flow matching scheduler, with the levels that the preset gives instead of computed
ones. With fresh noise between the steps it is the sampler of distribution matching distillation
(DMD2, https://arxiv.org/abs/2405.14867): guess the clean film, noise it again to the next level.
"""

from collections.abc import Sequence

import torch
from diffusers import DiffusionPipeline, FlowMatchEulerDiscreteScheduler, SchedulerMixin
from diffusers.configuration_utils import register_to_config
from diffusers.schedulers.scheduling_flow_match_euler_discrete import (
    FlowMatchEulerDiscreteSchedulerOutput,
)
from diffusers.utils.torch_utils import randn_tensor

from engine.presets.shape import Sampler


class FewSteps(FlowMatchEulerDiscreteScheduler):  # type: ignore[misc]
    """The scheduler. A clip's fresh noise comes from its own seed, alone or in a batch."""

    @register_to_config  # type: ignore[untyped-decorator]
    def __init__(
        self,
        num_train_timesteps: int = 1000,
        levels: Sequence[float] = (1.0,),
        renoise: bool = False,
    ) -> None:
        """`levels` are noise shares from 1 downwards, above 0; the end, 0, is not among them."""
        super().__init__(num_train_timesteps=num_train_timesteps, shift=1.0)
        self._levels = tuple(levels)
        self._renoise = renoise
        #: One for each clip of the batch that is sampled; set before each call.
        self.generators: list[torch.Generator] = []
        #: The clean latents as the last step guessed them.
        self.guess: torch.Tensor | None = None

    @classmethod
    def of(cls, sampler: Sampler, before: SchedulerMixin) -> "FewSteps":
        """The preset's sampler, in place of the scheduler that came with the checkpoint."""
        made: FewSteps = cls(
            num_train_timesteps=before.config.num_train_timesteps,
            levels=sampler.sigmas,
            renoise=sampler.renoise,
        )
        return made

    def set_timesteps(
        self,
        num_inference_steps: int | None = None,
        device: str | torch.device | None = None,
        sigmas: Sequence[float] | None = None,
        mu: float | None = None,
        timesteps: Sequence[float] | None = None,
    ) -> None:
        """Set the levels: those of the call, for a second stage, else the preset's.

        Any other wish is not for this kind of model.
        """
        super().set_timesteps(sigmas=list(sigmas or self._levels), device=device)

    def step(
        self,
        model_output: torch.Tensor,
        timestep: float | torch.Tensor,
        sample: torch.Tensor,
        *,
        return_dict: bool = True,
        **ignored: object,
    ) -> FlowMatchEulerDiscreteSchedulerOutput | tuple[torch.Tensor]:
        """One step: (batch, channels, …) in, the same at the next level out."""
        if self.step_index is None:
            self._init_step_index(timestep)
        level, following = (self.sigmas[self.step_index + n] for n in (0, 1))
        self.guess = clean = sample.float() - level * model_output.float()
        if not self._renoise:
            straight: tuple[torch.Tensor] = super().step(
                model_output, timestep, sample, return_dict=return_dict
            )
            return straight
        self._step_index += 1
        if following > 0:
            clean = (1 - following) * clean + following * self._noise(clean)
        noised = clean.to(model_output.dtype)
        return FlowMatchEulerDiscreteSchedulerOutput(noised) if return_dict else (noised,)

    def _noise(self, like: torch.Tensor) -> torch.Tensor:
        if len(self.generators) != len(like):
            raise ValueError(f"{len(self.generators)} generators for a batch of {len(like)}")
        each = [
            randn_tensor((1, *like.shape[1:]), generator=generator, device=like.device)
            for generator in self.generators
        ]
        return torch.cat(each)


def with_generators(pipe: DiffusionPipeline, generators: Sequence[torch.Generator]) -> None:
    """Let a sampler that makes fresh noise take it from the clips' own seeds."""
    if isinstance(pipe.scheduler, FewSteps):
        pipe.scheduler.generators = list(generators)
