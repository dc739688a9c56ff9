"""The laboratory's experiment in a user's own Python (3.8 or later, with whatever packages it has).

The power method and the sleep of "Multithreading in python for numerical applications", on the matrices
that Gilscope has: in Numba, in NumPy, or where there is no NumPy in plain Python. Says first what this
Python is, and then answers each request, a line of JSON on standard input, with a line that begins with
"gilscope " and goes on as JSON. What else is printed goes to standard error.

    {"do": "prepare", "seed", "size", "matrices", "epsilon", "maxIterations", "signAware", "threads",
     "plainSeconds"}
        makes the matrices and compiles; answers {"variants", "hasGil", "missing", "blas", "threadingLayer",
        "plainMatrices"}. Plain Python does as many matrices as about fit into the seconds, one a thread
        at least.
    {"do": "measure", "variant", "threads"}
        {"wallNs", "tasks", "iterations"}: of all matrices together; and of the first thousand
        {"eigenvalues", "iterationCounts"}
    {"do": "sleep", "variant", "threads", "sleeps", "seconds"}   {"wallNs"}
    {"do": "interpreter"}   {"iterationNs"}: of NumPy on matrices so small that the interpreter's is all

What fails is answered {"error": reason}.
"""

import json
import math
import os
import platform
import sys
import sysconfig
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from operator import mul

MARK = "gilscope "

# Results of so many matrices are told one by one.
TOLD = 1000


# --- matrices, bit for bit those of numpy.random.default_rng(seed).uniform(-1, 1, ...) -----------------

MASK_32, MASK_64, MASK_128 = (1 << 32) - 1, (1 << 64) - 1, (1 << 128) - 1


def fold_down(word):
    return (word ^ (word >> 16)) & MASK_32


def moving_hash(constant, multiplier):
    """SeedSequence's hash, whose constant moves on with each word (numpy/random/bit_generator.pyx)."""

    def take(word):
        nonlocal constant
        word = (word ^ constant) & MASK_32
        constant = constant * multiplier & MASK_32
        return fold_down(word * constant & MASK_32)

    return take


def seeded_state(seed):
    """The state and the increment that PCG64 has of a seed below 2**64."""
    take = moving_hash(0x43B0D7E5, 0x931E8875)
    pool = [take(seed & MASK_32), take(seed >> 32), take(0), take(0)]
    for source in range(4):
        for target in range(4):
            if source != target:
                mixed = 0xCA01F9DD * pool[target] - 0x4973F715 * take(pool[source])
                pool[target] = fold_down(mixed & MASK_32)
    take = moving_hash(0x8B51F9DD, 0x58F38DED)
    words = [take(pool[place % 4]) for place in range(8)]
    high, low, sequence_high, sequence_low = (
        words[place] | words[place + 1] << 32 for place in (0, 2, 4, 6)
    )
    increment = ((sequence_high << 64 | sequence_low) << 1 | 1) & MASK_128
    state = (increment + (high << 64 | low)) * PCG64_MULTIPLIER + increment
    return state & MASK_128, increment


PCG64_MULTIPLIER = 0x2360ED051FC65DA44385DF649FCCF645


def plain_draws(seed):
    """Numbers in [0, 1), as default_rng(seed).random() draws them."""
    state, increment = seeded_state(seed)
    while True:
        state = (state * PCG64_MULTIPLIER + increment) & MASK_128
        folded, turns = (state >> 64 ^ state) & MASK_64, state >> 122
        turned = (folded >> turns | folded << (64 - turns)) & MASK_64
        yield (turned >> 11) / 9007199254740992.0


def plain_matrices(seed, matrices, size):
    """Matrices as lists of rows, one by one."""
    draws = plain_draws(seed)
    for _ in range(matrices):
        a = [[2.0 * next(draws) - 1.0 for _ in range(size)] for _ in range(size)]
        yield [[(a[row][column] + a[column][row]) / 2 for column in range(size)] for row in range(size)]


def numpy_matrices(np, seed, matrices, size):
    a = np.random.default_rng(seed).uniform(-1, 1, (matrices, size, size))
    for i in range(matrices):
        a[i] = (a[i] + a[i].T) / 2
    return a


# --- the power method ----------------------------------------------------------------------------------


def plain_power_method(m, epsilon, max_iterations, sign_aware):
    def distance(x, y, sign):
        return math.sqrt(sum((a - sign * b) ** 2 for a, b in zip(x, y)))

    def next_guess(x):
        y = [sum(map(mul, row, x)) for row in m]
        norm = math.sqrt(sum(map(mul, y, y)))
        y = [value / norm for value in y]
        error = distance(x, y, 1)
        return y, min(error, distance(x, y, -1)) if sign_aware else error

    x = [1.0] + [0.0] * (len(m) - 1)
    x, error = next_guess(x)
    iterations = 1
    while error >= epsilon and iterations <= max_iterations:
        x, error = next_guess(x)
        iterations += 1
    products = [sum(map(mul, row, x)) for row in m]
    return sum(product / value for product, value in zip(products, x)) / len(x), iterations


def array_power_method(np, compiled=lambda function: function):
    """The post's functions, the two that the loop calls compiled where it says how."""
    norm = np.linalg.norm

    @compiled
    def normalize(x):
        return x / norm(x)

    @compiled
    def next_guess(m, x):
        x_next = normalize(m @ x)
        return x_next, norm(x - x_next)

    def power_method(m, epsilon, max_iterations, sign_aware):
        x = np.zeros(len(m))
        x[0] = 1
        x_next, error = next_guess(m, x)
        iterations = 1
        while error >= epsilon and iterations <= max_iterations:
            x = x_next
            x_next, error = next_guess(m, x)
            if sign_aware:
                error = min(error, norm(x + x_next))
            iterations += 1
        return ((m @ x_next) / x_next).mean(), iterations

    return power_method


def numba_variants(np):
    """The post's functions as it has them compiled; serial and prange also with its own slicing."""
    import numba
    from numba import njit, prange

    without_gil = njit(nogil=True)
    uncompiled = array_power_method(np, without_gil)
    power_method = without_gil(uncompiled)
    gil_power_method = njit(nogil=False)(uncompiled)

    @njit
    def serial(h, epsilon, max_iterations, sign_aware, eigenvalues, iterations):
        for i in range(h.shape[0]):
            eigenvalues[i], iterations[i] = power_method(h[i], epsilon, max_iterations, sign_aware)

    @njit(parallel=True)
    def parallel(h, epsilon, max_iterations, sign_aware, eigenvalues, iterations):
        for i in prange(h.shape[0]):
            eigenvalues[i], iterations[i] = power_method(h[i], epsilon, max_iterations, sign_aware)

    # Of this slice Numba does not know that it is contiguous, so that `@` copies it each time.
    @njit
    def serial_sliced(h, epsilon, max_iterations, sign_aware, eigenvalues, iterations):
        for i in range(h.shape[0]):
            eigenvalues[i], iterations[i] = power_method(
                h[i, :, :], epsilon, max_iterations, sign_aware
            )

    @njit(parallel=True)
    def parallel_sliced(h, epsilon, max_iterations, sign_aware, eigenvalues, iterations):
        for i in prange(h.shape[0]):
            eigenvalues[i], iterations[i] = power_method(
                h[i, :, :], epsilon, max_iterations, sign_aware
            )

    def compiled(function):
        def run(h, limits, threads, _pool):
            numba.set_num_threads(min(threads, numba.config.NUMBA_NUM_THREADS))
            eigenvalues, iterations = np.empty(len(h)), np.empty(len(h), dtype=np.int64)
            function(h, *limits, eigenvalues, iterations)
            return list(zip(eigenvalues, iterations))

        return run

    return {
        "numba-serial": compiled(serial),
        "numba-prange": compiled(parallel),
        "numba-pool": pooled(power_method),
        "numba-pool-gil": pooled(gil_power_method),
        "numba-serial-sliced": compiled(serial_sliced),
        "numba-prange-sliced": compiled(parallel_sliced),
    }


def in_turn(function):
    def run(h, limits, _threads, _pool):
        return [function(m, *limits) for m in h]

    return run


def pooled(function):
    def run(h, limits, _threads, pool):
        submitted = [pool.submit(function, m, *limits) for m in h]
        return [future.result() for future in submitted]

    return run


# --- the program ---------------------------------------------------------------------------------------


class Experiment:
    """Keeps what requests share: packages and matrices."""

    def __init__(self):
        self.missing = {}
        self.np = self.imported("numpy")
        self.numba = self.np and self.imported("numba")

    def imported(self, name):
        try:
            return __import__(name)
        except Exception as error:
            self.missing[name] = reason_of(error)
            return None

    def about(self):
        names = ("numpy", "numba", "scipy")
        return {
            "version": platform.python_version(),
            "implementation": platform.python_implementation(),
            "executable": sys.executable or "",
            "isFreeThreaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
            "packages": {name: version_of(name) for name in names},
            "missing": self.missing,
        }

    def prepare(self, request):
        self.limits = request["epsilon"], request["maxIterations"], request["signAware"]
        seed, matrices, size = (request[name] for name in ("seed", "matrices", "size"))
        self.variants, plain = {}, None
        if self.np is None:
            plain = self.prepare_plain(request)
        else:
            self.h = numpy_matrices(self.np, seed, matrices, size)
            function = array_power_method(self.np)
            self.variants.update({"numpy-serial": in_turn(function), "numpy-pool": pooled(function)})
            if self.numba is not None:
                self.prepare_numba(request["threads"])
        return {
            "variants": list(self.variants),
            "hasGil": getattr(sys, "_is_gil_enabled", lambda: True)(),
            "missing": self.missing,
            "blas": self.np and blas_name(self.np, self.numba),
            "threadingLayer": self.threading_layer(),
            "plainMatrices": plain,
        }

    def prepare_numba(self, threads):
        """Compiles everything and has it run once, on one matrix that is over at once."""
        try:
            variants = numba_variants(self.np)
            h, limits = self.np.ones((1, 2, 2)), (1e-10, 2, self.limits[2])
            for name, run in variants.items():
                with threads_for(name, threads) as pool:
                    run(h, limits, threads, pool)
        except Exception as error:
            self.missing["numba"] = reason_of(error)
        else:
            self.variants.update(variants)

    def prepare_plain(self, request):
        """As many matrices as fit into the time; returns their number."""
        seed, matrices, size = (request[name] for name in ("seed", "matrices", "size"))
        [first] = plain_matrices(seed, 1, size)
        start = time.perf_counter()
        plain_power_method(first, 0.0, 2, False)
        # Three iterations, and the result's product; half of all matrices end at the cap.
        each = (time.perf_counter() - start) / 4 * self.limits[1] / 2
        fitting = int(request["plainSeconds"] / max(each, 1e-9))
        count = min(matrices, max(request["threads"], fitting))
        self.h = list(plain_matrices(seed, count, size))
        self.variants = {
            "python-serial": in_turn(plain_power_method),
            "python-pool": pooled(plain_power_method),
        }
        return count

    def threading_layer(self):
        try:
            return self.numba and self.numba.threading_layer()
        except ValueError:
            return None

    def measure(self, request):
        run, threads = self.variants[request["variant"]], request["threads"]
        with threads_for(request["variant"], threads) as pool:
            start = time.perf_counter_ns()
            results = run(self.h, self.limits, threads, pool)
            wall = time.perf_counter_ns() - start
        return {
            "wallNs": wall,
            "tasks": len(results),
            "iterations": sum(int(count) for _, count in results),
            "eigenvalues": [finite(value) for value, _ in results[:TOLD]],
            "iterationCounts": [int(count) for _, count in results[:TOLD]],
        }

    def sleep(self, request):
        sleeps, seconds, threads = (request[name] for name in ("sleeps", "seconds", "threads"))

        def double(n):
            time.sleep(seconds)
            return 2 * n

        with threads_for(request["variant"], threads) as pool:
            start = time.perf_counter_ns()
            if pool is None:
                for n in range(sleeps):
                    double(n)
            else:
                for future in [pool.submit(double, n) for n in range(sleeps)]:
                    future.result()
            return {"wallNs": time.perf_counter_ns() - start}

    def interpreter(self, _request):
        """Times NumPy's power method on matrices of 4; no error but 0 ends it before the cap."""
        function, np = array_power_method(self.np), self.np
        h, limits = numpy_matrices(np, 42, 20, 4), (5e-324, 1000, False)
        start = time.perf_counter_ns()
        iterations = sum(function(m, *limits)[1] for m in h)
        return {"iterationNs": (time.perf_counter_ns() - start) / iterations}


@contextmanager
def threads_for(variant, threads):
    """A pool whose threads are all there, where a variant works in one; they end with it."""
    if "pool" not in variant:
        yield None
        return
    with ThreadPoolExecutor(threads, thread_name_prefix="pool") as pool:
        everyone = threading.Barrier(threads)
        for future in [pool.submit(everyone.wait) for _ in range(threads)]:
            future.result()
        yield pool


def finite(value):
    return float(value) if math.isfinite(value) else None


def reason_of(error):
    lines = str(error).strip().splitlines()
    return "%s: %s" % (type(error).__name__, lines[-1] if lines else "")


def version_of(name):
    try:
        from importlib.metadata import version

        return str(version(name))
    except Exception:
        return None


def blas_name(np, numba):
    """The BLAS that products run in: Numba's, by way of SciPy, else what NumPy was built with."""
    try:
        import ctypes

        from scipy.linalg import cython_blas

        library = ctypes.CDLL(cython_blas.__file__)
        library.openblas_get_config.restype = ctypes.c_char_p
        library.openblas_get_corename.restype = ctypes.c_char_p
        version = " ".join(library.openblas_get_config().decode().split()[:2])
        return "%s (%s)" % (version, library.openblas_get_corename().decode())
    except Exception:
        pass
    try:
        blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
        return "%s %s" % (blas["name"], blas["version"])
    except Exception:
        return None


def serve():
    # Answers have standard output to themselves: packages print, too.
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)

    def say(message):
        answers.write(MARK + json.dumps(message) + "\n")
        answers.flush()

    experiment = Experiment()
    say(experiment.about())
    for line in iter(sys.stdin.readline, ""):
        request = json.loads(line)
        try:
            say(getattr(experiment, request["do"])(request))
        except Exception as error:
            say({"error": reason_of(error)})


if __name__ == "__main__":
    serve()
