"""
What every model of Essentia's model zoo has to do before its net: MonoLoader at 16 kHz and the mel bands of MusiCNN, all in C++. The net
itself would come on top. Essentia is AGPL: it is compared with as a program of its own and is no part of Genregram.
"""

from common import run


def prepare():
    import essentia
    import essentia.standard as standard

    essentia.log.infoActive = False
    essentia.log.warningActive = False

    def analyse(path):
        samples = standard.MonoLoader(filename=path, sampleRate=16_000, resampleQuality=4)()
        bands = standard.TensorflowInputMusiCNN()
        for frame in standard.FrameGenerator(samples, frameSize=512, hopSize=256, startFromZero=True):
            bands(frame)
        return len(samples) / 16_000

    return essentia.__version__, analyse


run("Essentia, decoding and mel bands only", prepare)
