#!/usr/bin/env python3
"""Asks the referee about many files at once:  referee_batch.py REFEREE_FOLDER < JOBS.json > ANSWERS.json

JOBS is a list of {"before": path, "after": path, "fields": [...]}; ANSWERS, in the same order, of
{"differences": [...], "error": text or null}.
Files before are looked at once, however many files after are compared with them.
"""
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

sys.path.insert(0, sys.argv[1])
import referee  # noqa: E402

before = lru_cache(maxsize=None)(referee.dump)


def answer(job):
    result = {'differences': [], 'error': None}
    try:
        result['differences'] = referee.compare(before(job['before']), referee.dump(job['after']), job.get('fields', []))
    except Exception as error:
        result['error'] = repr(error)
    return result


with ThreadPoolExecutor(2) as pool:
    json.dump(list(pool.map(answer, json.load(sys.stdin))), sys.stdout)
