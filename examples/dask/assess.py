#!/usr/bin/env python3
"""Assess the scenarios of a file on the workers of a Dask cluster.

    assess.py FILE.csv OUTPUT-FOLDER [--parts N] [--scheduler ADDRESS] [--stocktake PROGRAM]

Each part is a task, which runs `stocktake scenario assess --part I/N` into the common folder; when all have ended,
`stocktake scenario merge` joins them. The folder must be one that all workers see. The bytes are those of one process.
A part that is lost with its worker is run again, and goes on from the blocks that it had finished.
"""
import argparse
import os
import subprocess
import sys

from distributed import Client, LocalCluster


def run(words):
    """A part ends with 0 when its blocks are there; what else it says goes to whoever waits for it."""
    done = subprocess.run(words, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)} ends with {done.returncode}: {done.stderr}")


def assess(client, program, file, folder, parts):
    command = [program, "scenario", "assess", os.path.abspath(file), "--output", os.path.abspath(folder)]
    tasks = [
        client.submit(run, command + ["--part", f"{i}/{parts}", "--threads", "1", "--resume"], key=f"part-{i}", retries=2)
        for i in range(1, parts + 1)
    ]
    client.gather(tasks)
    # what was left out, the summary and the exit status of a run are for merge to say
    return subprocess.run([program, "scenario", "merge", os.path.abspath(folder)], check=False).returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("folder")
    parser.add_argument("--parts", type=int, help="twice as many as workers")
    parser.add_argument("--scheduler", help="a cluster that runs; else one of this machine's processors")
    parser.add_argument("--stocktake", default="stocktake")
    words = parser.parse_args()
    cluster = words.scheduler or LocalCluster(threads_per_worker=1, dashboard_address=None)
    with Client(cluster) as client:
        parts = words.parts or 2 * sum(client.nthreads().values())
        sys.exit(assess(client, words.stocktake, words.file, words.folder, parts))


if __name__ == "__main__":
    main()
