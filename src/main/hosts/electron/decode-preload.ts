import { ipcRenderer } from 'electron';
import type { PieceAnswer, PieceRequest } from '../../analysis/audio-window';
import { CHANNELS } from './channels';

/** Runs in the sandbox of the page that decodes (see `DecodeWindow`): ADTS in, mono samples out, over the one port that main hands in. */
ipcRenderer.once(CHANNELS.decode, ({ ports: [port] }) => {
  if (!port) return;
  port.onmessage = ({ data }: MessageEvent<PieceRequest>) => {
    void decode(data).then((mono) => {
      port.postMessage({ id: data.id, mono } satisfies PieceAnswer);
    });
  };
});

/** Null if Chromium can't decode it. The context has the file's own rate, so that nothing is resampled and pieces fit together. */
async function decode({ adts, sampleRate }: PieceRequest): Promise<Float32Array | null> {
  try {
    const context = new OfflineAudioContext(1, 1, sampleRate);
    return meanOfChannels(await context.decodeAudioData(new Uint8Array(adts).buffer));
  } catch {
    return null;
  }
}

function meanOfChannels(audio: AudioBuffer): Float32Array {
  const mono = audio.getChannelData(0);
  for (let c = 1; c < audio.numberOfChannels; c++) {
    const channel = audio.getChannelData(c);
    for (let i = 0; i < mono.length; i++) mono[i]! += channel[i]!;
  }
  const share = 1 / audio.numberOfChannels;
  if (share < 1) for (let i = 0; i < mono.length; i++) mono[i]! *= share;
  return mono;
}
