"""Reads playlists as other programs would and prints what was found, as JSON: file -> name and paths."""
import configparser
import json
import pathlib
import plistlib
import sys
import urllib.parse
import xml.etree.ElementTree as xml

XSPF = "{http://xspf.org/ns/0/}"


def path_of(uri):
    return urllib.parse.unquote(urllib.parse.urlsplit(uri).path, errors="strict")


def xspf(file):
    root = xml.parse(file).getroot()
    locations = root.findall(f"{XSPF}trackList/{XSPF}track/{XSPF}location")
    return root.find(f"{XSPF}title").text, [path_of(each.text) for each in locations]


def jspf(file):
    playlist = json.loads(file.read_text("utf-8"))["playlist"]
    return playlist["title"], [path_of(track["location"][0]) for track in playlist["track"]]


def pls(file):
    parser = configparser.RawConfigParser(strict=True)
    parser.read(file, "utf-8")
    part = parser["playlist"]
    assert part["Version"] == "2"
    return None, [part[f"File{n + 1}"] for n in range(int(part["NumberOfEntries"]))]


def itunes(file):
    library = plistlib.loads(file.read_bytes())
    (playlist,) = library["Playlists"]
    tracks = [library["Tracks"][str(item["Track ID"])] for item in playlist["Playlist Items"]]
    assert all(track["Location"].startswith("file://localhost/") for track in tracks)
    return playlist["Name"], [path_of(track["Location"]) for track in tracks]


READERS = {"relative.xspf": xspf, "absolute.jspf": jspf, "relative.pls": pls, "itunes.xml": itunes}
found = {}
for file, reader in READERS.items():
    name, paths = reader(pathlib.Path(sys.argv[1], file))
    found[file] = {"name": name, "paths": paths}
print(json.dumps(found))
