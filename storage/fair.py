"""Fair share of the GPU: start-time fair queueing over members, as Linux's CFS does over tasks.

Each member has a virtual time: the GPU seconds they have had, as the queue counts them. The member
with the least goes next, so the one who asked for twenty waits behind those who asked for one.
Someone who comes back after a pause starts at the others' level and not at their own old one:
a pause saves nothing up. (Goyal, Vin, Cheng: Start-time Fair Queueing, SIGCOMM 1996.)
"""

from dataclasses import dataclass

from aiosqlite import Connection


async def join(tx: Connection, member_id: int) -> None:
    """The member is about to have a job waiting: lift them to the level of those who wait."""
    await tx.execute(
        # The level is that of the waiting member who goes next; in an empty queue it is the
        # highest ever reached, so that all start a busy time as equals.
        "INSERT INTO shares (member_id, virtual_time, waiting, rendering)"
        " VALUES (:member, coalesce("
        "   (SELECT virtual_time FROM shares WHERE waiting > 0 ORDER BY virtual_time LIMIT 1),"
        "   (SELECT max(virtual_time) FROM shares), 0), 0, 0)"
        " ON CONFLICT (member_id) DO UPDATE"
        " SET virtual_time = max(virtual_time, excluded.virtual_time)"
        " WHERE waiting = 0 AND rendering = 0",
        {"member": member_id},
    )


async def charge(tx: Connection, member_id: int, seconds: float) -> None:
    """Count GPU seconds (negative to give some back) against the member."""
    await tx.execute(
        "UPDATE shares SET virtual_time = virtual_time + ? WHERE member_id = ?",
        (seconds, member_id),
    )


@dataclass(frozen=True)
class Waiting:
    """A waiting job, as the order of the queue needs it."""

    job_id: int
    member_id: int
    preset: str
    #: GPU seconds expected.
    cost: float


async def order(db: Connection, *, most: int = 10_000) -> list[Waiting]:
    """The waiting jobs in the order they would be claimed if nobody asked for more.

    It plays the queue forward in memory: cost grows with the jobs waiting (bounded by the limits a
    space), and it is read for people to see, never to claim.
    """
    async with db.execute(
        "SELECT jobs.id, jobs.member_id, preset, cost, virtual_time FROM jobs"
        " JOIN shares USING (member_id) WHERE state = 'waiting' ORDER BY jobs.id LIMIT ?",
        (most,),
    ) as rows:
        found = [
            (row["virtual_time"], Waiting(row["id"], row["member_id"], row["preset"], row["cost"]))
            async for row in rows
        ]
    clock: dict[int, float] = {}
    tagged = []
    for virtual_time, job in found:
        start = clock.get(job.member_id, virtual_time)
        clock[job.member_id] = start + job.cost
        tagged.append((start, job.member_id, job.job_id, job))
    return [job for *_, job in sorted(tagged, key=lambda tag: tag[:3])]
