"""How long CPython's threads hold the interpreter's lock when all of them want it all the time.

Says {"python"} in a line of JSON, or {"python", "skipped": reason}. Then for each line of JSON that
it reads, {"threads", "seconds", "interval"}, has so many threads contend for so long with a switch
interval of so many seconds, and answers with {"takeovers": [[thread, nanoseconds], ...]}. A takeover is when a thread found that
another had run since it last did, on one monotonic clock, in the order in which the lock was taken.
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


def say(what):
    print(json.dumps(what), flush=True)


def main():
    python = platform.python_version()
    if not getattr(sys, "_is_gil_enabled", lambda: True)():
        say({"python": python, "skipped": "this Python runs without the lock"})
        return
    say({"python": python})
    for line in sys.stdin:
        asked = json.loads(line)
        sys.setswitchinterval(asked["interval"])
        say({"takeovers": measure(asked["threads"], asked["seconds"])})


main()
