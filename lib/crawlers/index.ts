import 'server-only';

export { acceptTable } from './accept-table';
export { listCrawlers } from './list-crawlers';
export { pinTable } from './pin-table';
export { planFolder } from './plan-folder';
export { startCrawler } from './start-crawler';
export { stopCrawler } from './stop-crawler';
