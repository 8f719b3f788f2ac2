"""Asks beets which tracks its queries find.

In, as JSON: {"tracks": [...], "queries": [...]}; fields are those of beets, and "disc" is what a track is known by.
Out: for each query the discs that it finds, in its order.
"""
import json
import os
import sys
import tempfile

folder = tempfile.TemporaryDirectory()
os.environ["BEETSDIR"] = folder.name
# beets keeps copies of a library that it changes beside it.
os.chdir(folder.name)

from beets.library import Item, Library, parse_query_string  # noqa: E402

with open(os.devnull, "w") as quiet:
    sys.stdout, out = quiet, sys.stdout
    asked = json.load(sys.stdin)
    library = Library(":memory:", "/music")
    for track in asked["tracks"]:
        item = Item(**track)
        item.path = f"/music/{item.disc}.mp3".encode()
        library.add(item)
        with library.transaction() as transaction:
            times = (track["added"], track["mtime"], item.id)
            transaction.mutate("UPDATE items SET added = ?, mtime = ? WHERE id = ?", times)
    found = [[item.disc for item in library.items(*parse_query_string(query, Item))] for query in asked["queries"]]
    json.dump(found, out)
