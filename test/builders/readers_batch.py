#!/usr/bin/env python3
"""What independent readers see as genres and moods:  readers_batch.py < PATHS.json > ANSWERS.json

ANSWERS, in the order of PATHS, are {"mutagen": {"genre": [...], "mood": [...]} or null, "taglib": ..., "ffprobe": ...};
null where the reader can't read the file or is not installed. Nothing is written.
"""
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import mutagen
from mutagen.apev2 import APEv2File
from mutagen.asf import ASF
from mutagen.id3 import ID3, ID3FileType
from mutagen.mp4 import MP4
from mutagen.wave import WAVE
from mutagen.aiff import AIFF

try:
    import taglib
except ImportError:
    taglib = None


def texts(values):
    return [v.decode('utf8') if isinstance(v, bytes) else str(v) for v in values or []]


def id3_fields(tags):
    genre = tags.get('TCON') or tags.get('TCO')
    mood = tags.get('TMOO') or next((f for f in tags.values() if f.FrameID in ('TXXX', 'TXX') and f.desc.upper() == 'MOOD'), None)
    return {'genre': texts(genre.genres if genre else []), 'mood': texts(mood.text if mood else [])}


def by_mutagen(path):
    try:
        file = mutagen.File(path)
    except mutagen.MutagenError:
        if not path.endswith('.aac'):
            raise
        # AAC behind an ID3 tag is taken for MP3, in which no frame is found; the tag can be read nevertheless.
        return id3_fields(ID3(path, translate=False))
    if file is None:
        return None
    tags = file.tags
    if tags is None:
        return {'genre': [], 'mood': []}
    if isinstance(tags, ID3):
        # translate=False: as it is in the file and not as mutagen would convert it.
        if isinstance(file, ID3FileType) and not isinstance(file, (WAVE, AIFF)):
            tags = ID3(path, translate=False)
        return id3_fields(tags)
    if isinstance(file, MP4):
        return {'genre': texts(tags.get('\xa9gen')), 'mood': texts(next((v for k, v in tags.items() if k.upper() == '----:COM.APPLE.ITUNES:MOOD'), []))}
    if isinstance(file, ASF):
        return {'genre': texts(tags.get('WM/Genre')), 'mood': texts(tags.get('WM/Mood'))}
    if isinstance(file, APEv2File) or type(tags).__name__ == 'APEv2':
        return {name: list(tags[name.capitalize()]) if name.capitalize() in tags else [] for name in ('genre', 'mood')}
    return {'genre': texts(tags.get('genre')), 'mood': texts(tags.get('mood'))}


def by_taglib(path):
    if taglib is None:
        return None
    file = taglib.File(path)
    try:
        return {'genre': list(file.tags.get('GENRE', [])), 'mood': list(file.tags.get('MOOD', []))}
    finally:
        file.close()


def by_ffprobe(path):
    if not shutil.which('ffprobe'):
        return None
    command = ['ffprobe', '-v', 'quiet', '-of', 'json', '-show_entries', 'format_tags:stream_tags', path]
    answer = json.loads(subprocess.run(command, capture_output=True, timeout=20, check=True).stdout)
    found = {}
    for tags in [answer.get('format', {}).get('tags', {})] + [s.get('tags', {}) for s in answer.get('streams', [])]:
        for name, value in tags.items():
            found.setdefault(name.lower(), value)
    return {'genre': [found[k] for k in ('genre', 'wm/genre') if k in found][:1], 'mood': [found[k] for k in ('mood', 'wm/mood', 'tmoo') if k in found][:1]}


def attempt(read, path):
    try:
        return read(path)
    except Exception:
        return None


def answer(path):
    return {'mutagen': attempt(by_mutagen, path), 'taglib': attempt(by_taglib, path), 'ffprobe': attempt(by_ffprobe, path)}


# TagLib and others write their complaints to the standard output of C.
out = os.fdopen(os.dup(1), 'w')
os.dup2(2, 1)
with ThreadPoolExecutor(2) as pool:
    json.dump(list(pool.map(answer, json.load(sys.stdin))), out)
out.close()
