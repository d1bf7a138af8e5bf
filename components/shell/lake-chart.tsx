import { CONTOURS } from './lake-contours';

const SOUNDINGS = [
  [300, 230, 84],
  [430, 360, 81],
  [560, 610, 68],
  [640, 470, 39],
  [205, 170, 67],
  [520, 740, 44],
  [350, 120, 63],
  [660, 730, 69],
  [180, 300, 37],
] as const;

/** A depth chart, for the calm half of the sign-in page. Decoration: hidden from screen readers. */
export function LakeChart() {
  return (
    <div className="chart" aria-hidden="true">
      <svg viewBox="0 0 880 900" preserveAspectRatio="xMidYMid slice">
        <title>Lacustre</title>
        {CONTOURS.map(({ isShore, path }) => (
          <path key={path} className={isShore ? 'shore' : undefined} d={path} />
        ))}
        {SOUNDINGS.map(([x, y, depth]) => (
          <text key={`${x} ${y}`} x={x} y={y}>
            {depth}
          </text>
        ))}
      </svg>
    </div>
  );
}
