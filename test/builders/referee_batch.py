#!/usr/bin/env python3
"""Asks the referee about many files at once:  referee_batch.py REFEREE_FOLDER < JOBS.json > ANSWERS.json

JOBS is a list of {"before": path, "after": path, "fields": [...]}; ANSWERS, in the same order, of
{"differences": [...], "genres": [...] or null, "error": text or null}. `genres` is what mutagen reads from the file after.
Files before are looked at once, however many files after are compared with them.
"""
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

sys.path.insert(0, sys.argv[1])
import referee  # noqa: E402
from mutagen.flac import FLAC  # noqa: E402
from mutagen.id3 import ID3  # noqa: E402

before = lru_cache(maxsize=None)(referee.dump)


def genres(path):
    with open(path, 'rb') as file:
        head = file.read(10)
        if head[:3] == b'ID3':
            file.seek(10 + (head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]))
        is_flac = (file.read(4) if head[:3] == b'ID3' else head[:4]) == b'fLaC'
    if is_flac:
        return list((FLAC(path).tags or {}).get('genre', []))
    # translate=False: as it is in the file and not as mutagen would convert it.
    tags = ID3(path, translate=False)
    frame = tags.get('TCON') or tags.get('TCO')
    return list(frame.genres) if frame else []


def answer(job):
    result = {'differences': [], 'genres': None, 'error': None}
    try:
        result['differences'] = referee.compare(before(job['before']), referee.dump(job['after']), job.get('fields', []))
    except Exception as error:
        result['error'] = repr(error)
    try:
        result['genres'] = genres(job['after'])
    except Exception as error:
        result['genresError'] = repr(error)
    return result


with ThreadPoolExecutor(2) as pool:
    json.dump(list(pool.map(answer, json.load(sys.stdin))), sys.stdout)
