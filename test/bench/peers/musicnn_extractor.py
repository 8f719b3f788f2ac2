"""musicnn (Pons and Serra 2019), the tagger that many music projects build on, with its own extractor and its MTT model."""

from common import run


def prepare():
    from importlib.metadata import version

    import librosa
    from musicnn.extractor import extractor

    def analyse(path):
        # Its own defaults: windows of 3 s, one after the other.
        extractor(path, model="MTT_musicnn", input_length=3, input_overlap=False, extract_features=False)
        return librosa.get_duration(path=path)

    return version("musicnn"), analyse


run("musicnn", prepare)
