"""How long CPython's threads hold the interpreter's lock when all of them want it all the time.

Takes the number of threads and the seconds to run; writes one line of JSON:
    {"python", "intervalMs", "takeovers": [[thread, nanoseconds], ...]}
or {"python", "skipped": reason}. A takeover is when a thread found that another had run since it
last did, on one monotonic clock, in the order in which the lock was taken.
"""

import json
import platform
import sys
import threading
import time


def contend(me, runner, takeovers, stopped):
    # The look, and the stamp after it, come at once when the lock is had: a thread gives it up
    # after a call or at the loop's end, and the call that stamps is over when it does so.
    clock = time.perf_counter_ns
    while not stopped:
        if runner[0] != me:
            runner[0] = me
            takeovers.append((me, clock()))


def measure(threads, seconds):
    runner, takeovers, stopped = [None], [], []
    workers = [
        threading.Thread(target=contend, args=(me, runner, takeovers, stopped))
        for me in range(threads)
    ]
    for worker in workers:
        worker.start()
    time.sleep(seconds)
    stopped.append(True)
    for worker in workers:
        worker.join()
    return takeovers


def main():
    python = platform.python_version()
    if not getattr(sys, "_is_gil_enabled", lambda: True)():
        return {"python": python, "skipped": "this Python runs without the lock"}
    takeovers = measure(int(sys.argv[1]), float(sys.argv[2]))
    interval = sys.getswitchinterval() * 1000
    return {"python": python, "intervalMs": interval, "takeovers": takeovers}


json.dump(main(), sys.stdout)
