interface LevelGaugeProps {
  /** Read out: the score, of how much, and the target. */
  label: string;
  /** From 0 to 1. */
  score: number;
  target: number;
  /** The score as it is written large, and what stands below it and at the target's line. */
  texts: { score: string; of: string; target: string };
}

const [TOP, BOTTOM] = [14, 138];
const FLOORS = [90, 80, 50, 0];
const TICKS = 10;
/** The deeper, the darker: shares of the water's own height. */
const DEPTHS = [
  { below: 1, fill: 'var(--depth-3)' },
  { below: 0.65, fill: 'var(--depth-4)' },
  { below: 0.3, fill: 'var(--depth-5)' },
];

/** A score as the level of the lake, with the mark that it should reach. The scale begins below both. */
export function LevelGauge({ label, score, target, texts }: LevelGaugeProps) {
  const floor = FLOORS.find((each) => each < Math.min(score, target) * 100) ?? 0;
  const y = (percent: number) => BOTTOM - ((percent - floor) / (100 - floor)) * (BOTTOM - TOP);
  const level = y(score * 100);
  const mark = y(target * 100);
  const isNear = Math.abs(level - mark) < 26;
  // Both texts need their place: the mark's goes above the level's where they would touch.
  const markText = isNear ? Math.min(mark, level - 24) : mark + 4;
  return (
    <svg viewBox="0 0 204 150" width="204" height="150" role="img" aria-label={label} fill="var(--text-2)">
      {Array.from({ length: TICKS + 1 }, (_, tick) => {
        const at = TOP + (tick * (BOTTOM - TOP)) / TICKS;
        return <path key={at} d={`M64 ${at}h${tick % 5 === 0 ? 14 : 8}`} stroke="var(--line-strong)" />;
      })}
      {[100, (100 + floor) / 2, floor].map((percent) => (
        <text key={percent} x="56" y={y(percent) + 4} textAnchor="end">
          {percent}
        </text>
      ))}
      <path d={`M84 ${TOP}h28V${BOTTOM}H84z`} fill="var(--depth-0)" />
      {DEPTHS.map(({ below, fill }) => (
        <path key={fill} d={`M84 ${BOTTOM - (BOTTOM - level) * below}h28V${BOTTOM}H84z`} fill={fill} />
      ))}
      <path d={`M78 ${level}h40`} stroke="var(--accent)" strokeWidth="2" />
      <path d={`M78 ${mark}h40`} stroke="var(--rejected)" strokeWidth="1.5" strokeDasharray="4 3" />
      <text x="126" y={level + 8} style={{ font: '550 28px var(--sans)', fill: 'var(--text)' }}>
        {texts.score}
      </text>
      <text x="126" y={level + 24}>
        {texts.of}
      </text>
      <text x="126" y={markText} style={{ fill: 'var(--rejected)' }}>
        {texts.target}
      </text>
    </svg>
  );
}
