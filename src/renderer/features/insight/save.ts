import { saveBlob } from '../../ui/save-file';
import { showError } from '../../ui/use-toasts';
import { drawPicture, type Picture } from './picture';
import { fileName, toCsv, type Sheet } from './sheet';

/** With a byte-order mark, without which spreadsheets take UTF-8 for something else. */
export function saveCsv(sheet: Sheet): void {
  saveBlob(new Blob(['\ufeff', toCsv(sheet)], { type: 'text/csv;charset=utf-8' }), `${fileName(sheet.name)}.csv`);
}

/** @param picture a chart, or a canvas that shows it already */
export function savePng(picture: Picture | HTMLCanvasElement, name: string): void {
  try {
    const canvas = picture instanceof HTMLCanvasElement ? picture : drawPicture(picture, name);
    canvas.toBlob((blob) => {
      if (blob) saveBlob(blob, `${fileName(name)}.png`);
      else showError(new Error('The picture is too large to be saved.'));
    }, 'image/png');
  } catch (error) {
    showError(error);
  }
}
