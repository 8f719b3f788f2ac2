import { describe, expect, it } from 'vitest';
import { boxOf } from '#shared/domain/box-plot';
import {
  boxesOf,
  boxLabel,
  boxPicture,
  boxSheet,
  boxWords,
  shortNumber,
} from '../../../src/renderer/features/evaluate/box-plots-model';

const rock = [100, 110, 120, 130, 240];
const boxes = boxesOf([
  { label: 'Rock', values: rock },
  { label: 'Jazz', box: boxOf([80, 90, 100])! },
  { label: 'Nobody', values: [] },
]);

describe('box plots', () => {
  it('leave out labels without tracks, and take values or boxes', () => {
    expect(boxes.map(({ label, box }) => [label, box.quartiles[1]])).toEqual([
      ['Rock', 120],
      ['Jazz', 90],
    ]);
  });

  it('say in words which label lies lowest and highest', () => {
    expect(boxWords(boxes)).toBe('8 tracks. The median is lowest for Jazz (90) and highest for Rock (120).');
    const alike = boxesOf([
      { label: 'Rock', values: [1, 2, 3] },
      { label: 'Jazz', values: [2] },
    ]);
    expect(boxWords(alike)).toBe('4 tracks. The median is 2 for every label.');
    expect(boxWords([])).toBe('No track has been described yet.');
    expect(boxLabel('Tempo', boxes)).toBe(
      'Tempo. Rock: median 120, half of 5 from 110 to 130. Jazz: median 90, half of 3 from 85 to 95',
    );
  });

  it('have a table of the same numbers', () => {
    expect(boxSheet('Tempo', boxes).rows).toEqual([
      ['Rock', 5, 100, 110, 120, 130, 130, 1],
      ['Jazz', 3, 80, 85, 90, 95, 100, 0],
    ]);
  });

  it('draw every box within the picture, the outlier as a dot beyond the whisker', () => {
    const { width, height, shapes } = boxPicture('Tempo', boxes);
    const dots = shapes.filter((shape) => shape.kind === 'dot');
    const [box] = shapes.filter((shape) => shape.kind === 'rect');
    expect(dots).toHaveLength(1);
    expect(dots[0]!.x).toBeGreaterThan(box!.x + box!.width);
    for (const shape of shapes) {
      const right = 'x2' in shape ? shape.x2 : shape.x;
      expect(right).toBeLessThanOrEqual(width);
      expect('y2' in shape ? shape.y2 : shape.y).toBeLessThanOrEqual(height);
      expect(Number.isFinite(right)).toBe(true);
    }
    expect(boxPicture('One', boxesOf([{ label: 'a', values: [0] }])).shapes.length).toBeGreaterThan(5);
  });

  it('write numbers as they are read', () => {
    expect([2014.3, 0.0293712, 120, -1131.4].map(shortNumber)).toEqual(['2,014', '0.0294', '120', '-1,131']);
  });
});
