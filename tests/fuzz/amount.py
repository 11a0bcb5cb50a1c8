"""How much is tried: a little in every run of the tests, and much more in `make fuzz`."""

import os

from hypothesis import HealthCheck, Phase, settings

#: Inputs that a test tries; `make fuzz` sets it.
AMOUNT = int(os.environ.get("REELROOM_FUZZ", "60"))

#: For tests whose inputs all go to one room: what one leaves there, the next one meets.
ONE_ROOM = settings(
    max_examples=AMOUNT,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
