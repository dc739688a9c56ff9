"""Programs that log what their threads do, on the clock of the spans (time.perf_counter_ns).

Says {"python", "numba"} in a line of JSON when it is ready, and then runs a program for each line that it reads:

    {"program": "pure", "threads", "beats"}
        Threads of pure Python, each so many beats. {"wallNs", "threads": [{"tid", "beats", "calls"}]}: when each
        beat was, and each call as [function, entered, left]. heavy has three times the beats of light.
    {"program": "mix", "seconds"}
        A thread each of pure Python, NumPy products, Numba without the lock where there is Numba, sleeps, and a
        lock that another has. {"wallNs", "threads": [{"tid", "kind", "beats", "phases": [[start, end], ...]}]}
    {"program": "contend", "threads", "seconds", "interval"}
        Threads that want the interpreter's lock all the time, with a switch interval in seconds. {"turns"}: of a
        loop, of all threads together; {"takeovers": [[thread, at], ...]}
"""

import json
import os
import sys
import threading
import time

now = time.perf_counter_ns

LOOPS = 150
CALL_BEATS = 3000


def heavy(beats):
    entered = now()
    for _ in range(3 * CALL_BEATS // 4):
        beats.append(now())
        for _ in range(LOOPS):
            pass
    return ["heavy", entered, now()]


def light(beats):
    entered = now()
    for _ in range(CALL_BEATS // 4):
        beats.append(now())
        for _ in range(LOOPS):
            pass
    return ["light", entered, now()]


def together(functions, begin=None):
    """Runs functions on a thread each, which begin at once. Returns how long they took."""
    everyone = threading.Barrier(len(functions) + 1, action=begin)

    def run(function):
        everyone.wait()
        function()

    threads = [threading.Thread(target=run, args=(function,)) for function in functions]
    for thread in threads:
        thread.start()
    everyone.wait()
    start = now()
    for thread in threads:
        thread.join()
    return now() - start


def pure(asked):
    logs = [{} for _ in range(asked["threads"])]

    def work(log):
        beats, calls = [], []
        while len(beats) < asked["beats"]:
            calls.append(heavy(beats))
            calls.append(light(beats))
        log.update(tid=threading.get_native_id(), beats=beats, calls=calls)

    wall = together([lambda log=log: work(log) for log in logs])
    return {"wallNs": wall, "threads": logs}


def mix(asked):
    import numpy as np

    logs, lock = [], threading.Lock()
    end = now() + int(asked["seconds"] * 1e9)
    a = np.ones((400, 400))

    def logged(kind, step):
        log = {"kind": kind, "beats": [], "phases": []}
        logs.append(log)

        def run():
            log["tid"] = threading.get_native_id()
            while now() < end:
                step(log)

        return run

    def phase(log, work):
        start = now()
        work()
        log["phases"].append([start, now()])

    def spin(log):
        beats = log["beats"]
        for _ in range(500):
            beats.append(now())
            for _ in range(LOOPS):
                pass
        # So that others have the lock while this thread does not want it.
        time.sleep(0.004)

    def keep(log):
        with lock:
            time.sleep(0.01)
        time.sleep(0.001)

    steps = [
        logged("pure", spin),
        logged("compute", lambda log: phase(log, lambda: a @ a)),
        logged("sleep", lambda log: phase(log, lambda: time.sleep(0.006))),
        logged("lock", lambda log: phase(log, lambda: (lock.acquire(), lock.release()))),
        logged("keeper", keep),
    ]
    if numba_work is not None:
        steps.append(logged("compute", lambda log: phase(log, lambda: numba_work(4_000_000))))
    wall = together(steps)
    return {"wallNs": wall, "threads": [log for log in logs if log["kind"] != "keeper"]}


def contend(asked):
    sys.setswitchinterval(asked["interval"])
    runner, takeovers, turns = [None], [], []
    end = 0

    def begin():
        nonlocal end
        end = now() + int(asked["seconds"] * 1e9)

    def spin(me):
        clock, own, until = now, 0, end
        at = clock()
        while at < until:
            if runner[0] != me:
                runner[0] = me
                takeovers.append((me, at))
            for _ in range(LOOPS):
                pass
            own += 1
            at = clock()
        turns.append(own)

    together([lambda me=me: spin(me) for me in range(asked["threads"])], begin)
    sys.setswitchinterval(0.005)
    return {"turns": sum(turns), "takeovers": takeovers}


def numba_spin():
    """Work in compiled code without the lock; None where there is no Numba."""
    try:
        from numba import njit
    except ImportError:
        return None

    @njit(nogil=True)
    def spin(turns):
        total = 0.0
        for i in range(turns):
            total += (i % 7) ** 0.5
        return total

    spin(1)
    return spin


numba_work = numba_spin()


def say(what):
    # A profiler that stops the process may interrupt the writing.
    rest = (json.dumps(what) + "\n").encode()
    while rest:
        rest = rest[os.write(1, rest) :]


say({"python": sys.version.split()[0], "numba": numba_work is not None})
for line in sys.stdin:
    request = json.loads(line)
    say({"pure": pure, "mix": mix, "contend": contend}[request["program"]](request))
