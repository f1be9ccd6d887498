"""To import this loads all that workers share, so that each of them is forked from a process that has it."""

import gc
import os

gc.disable()  # until all is there

# A thread of numpy's own would not be there after the fork, and its sums are too small to be shared out.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

from triage.scanning.worker import load  # noqa: E402 - as told

load()
