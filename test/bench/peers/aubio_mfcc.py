"""aubio's `aubiomfcc` (C, GPL, a program of its own): decoding and 13 MFCCs of 40 mel bands, no classifier."""

from common import run


def prepare():
    import re
    import shutil
    import subprocess

    if shutil.which("aubiomfcc") is None:
        raise ImportError("there is no aubiomfcc; install the package aubio-tools")
    package = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "aubio-tools"], capture_output=True, text=True, check=False)

    def analyse(path):
        done = subprocess.run(["aubiomfcc", "-i", path], capture_output=True, text=True, check=True)
        lines = done.stdout.rstrip().rsplit("\n", 1)
        seconds = re.match(r"[\d.]+", lines[-1])
        if seconds is None:
            raise ValueError((done.stderr or "no output").strip())
        return float(seconds.group())

    return package.stdout.strip(), analyse


run("aubiomfcc", prepare)
