"""Turns GTZAN's pictures into band powers of our front end: `python models/lab/pictures.py`."""

from __future__ import annotations

import numpy as np

from lab.paths import work
from lab.pictures import fit_band_map, load_pictures, map_sample


def main() -> None:
    band_map, error = fit_band_map(map_sample())
    print(f"rms error of the band map: {10 * error:.2f} dB of power")
    bands = np.log10(load_pictures() @ band_map.T.astype(np.float32) + 1e-9)
    np.savez(work("pictures.npz"), bands=bands.astype(np.float16), band_map=band_map, error=error)


if __name__ == "__main__":
    main()
