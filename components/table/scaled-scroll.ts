/** Browsers draw no element of some 17 million pixels and more: past this, the scrollbar stands for more than it measures. */
export const CANVAS_MAX_PX = 8_000_000;

export interface Scroll {
  /** Which pixel of the content is at the top. */
  top: number;
  /** Where the browser's scrollbar is. */
  scrollTop: number;
}

interface Heights {
  contentPx: number;
  canvasPx: number;
  viewPx: number;
}

/** Where the scrollbar belongs for a place in the content. */
export function topOfScroll(top: number, { contentPx, canvasPx, viewPx }: Heights): number {
  if (contentPx <= canvasPx) return top;
  return (top / Math.max(1, contentPx - viewPx)) * (canvasPx - viewPx);
}

/** A wheel's small step moves the content by as much; a drag of the scrollbar moves it by its share. */
export function scrolled(before: Scroll, scrollTop: number, heights: Heights): Scroll {
  const { contentPx, canvasPx, viewPx } = heights;
  if (contentPx <= canvasPx) return { top: scrollTop, scrollTop };
  const most = contentPx - viewPx;
  const step = scrollTop - before.scrollTop;
  const isNear = Math.abs(step) < 2 * viewPx;
  const wanted = isNear ? before.top + step : (scrollTop / (canvasPx - viewPx)) * most;
  const top = Math.min(most, Math.max(0, wanted));
  // The scrollbar is at its end and the content is not, or the other way round: the scrollbar gives way.
  const isOff = (scrollTop <= 0 && top > 0) || (scrollTop >= canvasPx - viewPx && top < most);
  return { top, scrollTop: isOff ? topOfScroll(top, heights) : scrollTop };
}
