import { TEXT_SIZE, type Picture, type Shape } from './picture';

/** A picture in the window; `label` says it in words. */
export function PictureSvg({ picture, label }: { picture: Picture; label: string }) {
  const { width, height, shapes } = picture;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label}>
      {shapes.map((shape, i) => (
        <ShapeSvg key={i} shape={shape} />
      ))}
    </svg>
  );
}

function ShapeSvg({ shape }: { shape: Shape }) {
  switch (shape.kind) {
    case 'rect': {
      const { x, y, width, height, fill, opacity } = shape;
      return <rect x={x} y={y} width={width} height={height} style={{ fill }} opacity={opacity} />;
    }
    case 'line': {
      const { x1, y1, x2, y2, stroke, width, dash } = shape;
      return <line {...{ x1, y1, x2, y2 }} style={{ stroke }} strokeWidth={width} strokeDasharray={dash} />;
    }
    case 'dot':
      return <circle cx={shape.x} cy={shape.y} r={shape.r} style={{ fill: shape.fill }} />;
    case 'text':
      return (
        <text
          x={shape.x}
          y={shape.y}
          textAnchor={shape.align}
          fontSize={TEXT_SIZE}
          fontWeight={shape.bold ? 600 : undefined}
          style={{ fill: shape.fill }}
        >
          {shape.text}
        </text>
      );
  }
}
