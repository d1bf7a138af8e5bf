'use client';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { CANVAS_MAX_PX, type Scroll, scrolled, topOfScroll } from './scaled-scroll';

interface Shown {
  first: number;
  count: number;
  /** Between a row's place in the content and in the canvas. */
  offsetPx: number;
  leftPx: number;
  widthPx: number;
}

interface ScaledRows extends Shown {
  canvasPx: number;
  /** Rows that fit. */
  pageRows: number;
  scrollToRow: (row: number) => void;
}

const OVERSCAN = 8;
const IDLE_MS = 150;

/** Which rows of any number are in sight. */
export function useScaledRows(
  box: RefObject<HTMLElement | null>,
  { count, rowPx, headPx }: { count: number; rowPx: number; headPx: number },
): ScaledRows {
  const contentPx = count * rowPx;
  const canvasPx = Math.min(contentPx, CANVAS_MAX_PX);
  const scroll = useRef<Scroll>({ top: 0, scrollTop: 0 });
  const [shown, setShown] = useState<Shown>({ first: 0, count: 0, offsetPx: 0, leftPx: 0, widthPx: 0 });

  const look = useCallback(() => {
    const element = box.current;
    if (!element) return;
    const viewPx = Math.max(0, element.clientHeight - headPx);
    const next = scrolled(scroll.current, element.scrollTop, { contentPx, canvasPx, viewPx });
    if (Math.abs(next.scrollTop - element.scrollTop) >= 1) element.scrollTop = next.scrollTop;
    scroll.current = next;
    const first = Math.max(0, Math.floor(next.top / rowPx) - OVERSCAN);
    const wanted: Shown = {
      first,
      count: Math.max(0, Math.min(count - first, Math.ceil(viewPx / rowPx) + 1 + 2 * OVERSCAN)),
      offsetPx: Math.round(next.scrollTop - next.top),
      // In steps: a step sideways draws nothing until another column may come into sight.
      leftPx: Math.floor(element.scrollLeft / 40) * 40,
      widthPx: element.clientWidth,
    };
    setShown((before) => (isSame(before, wanted) ? before : wanted));
  }, [box, count, contentPx, canvasPx, rowPx, headPx]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let idle: ReturnType<typeof setTimeout>;
    const settle = () => {
      const viewPx = Math.max(0, element.clientHeight - headPx);
      const belongs = topOfScroll(scroll.current.top, { contentPx, canvasPx, viewPx });
      if (Math.abs(belongs - element.scrollTop) < viewPx) return;
      scroll.current = { top: scroll.current.top, scrollTop: belongs };
      element.scrollTop = belongs;
    };
    const onScroll = () => {
      look();
      clearTimeout(idle);
      idle = setTimeout(settle, IDLE_MS);
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    look();
    return () => {
      clearTimeout(idle);
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [box, look, contentPx, canvasPx, headPx]);

  const scrollToRow = useCallback(
    (row: number) => {
      const element = box.current;
      if (!element || row < 0) return;
      const viewPx = Math.max(0, element.clientHeight - headPx);
      const { top } = scroll.current;
      const lowest = row * rowPx;
      const highest = lowest + rowPx - viewPx;
      const next = Math.max(0, lowest < top ? lowest : Math.max(highest, top));
      if (next === top) return;
      scroll.current = { top: next, scrollTop: topOfScroll(next, { contentPx, canvasPx, viewPx }) };
      element.scrollTop = scroll.current.scrollTop;
      look();
    },
    [box, look, rowPx, headPx, contentPx, canvasPx],
  );

  return { ...shown, canvasPx, pageRows: Math.max(1, shown.count - 2 * OVERSCAN - 2), scrollToRow };
}

function isSame(a: Shown, b: Shown): boolean {
  return (Object.keys(a) as (keyof Shown)[]).every((key) => a[key] === b[key]);
}
