"""What all peers do around their own work: take files from the command line, time them one after the other, print one JSON object."""

import contextlib
import json
import sys
import time


def run(name, prepare):
    """`prepare()` imports and loads what is needed and gives a function path -> seconds of audio heard. A missing part skips the peer."""
    files = sys.argv[1:]
    begun = time.perf_counter()
    try:
        version, analyse = prepare()
    except ImportError as error:
        print(json.dumps({"name": name, "skipped": str(error)}))
        return
    start = time.perf_counter()
    heard, failed = 0.0, []
    for path in files:
        try:
            # What a program says of its own progress is no part of the answer.
            with contextlib.redirect_stdout(sys.stderr):
                heard += analyse(path)
        except Exception as error:  # noqa: BLE001 - a peer that can't read a file goes on, and it is told of
            failed.append(f"{path}: {type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}")
    seconds = time.perf_counter() - start
    result = {"name": f"{name} {version}", "files": len(files) - len(failed), "failed": failed, "audioSeconds": round(heard, 1)}
    print(json.dumps({**result, "seconds": round(seconds, 3), "startSeconds": round(start - begun, 3)}))
