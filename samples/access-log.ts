import { products } from './products.ts';
import { type Random, seededRandom } from './random.ts';

const requests = 1500;

// Blocks of addresses that documents may use: https://www.rfc-editor.org/rfc/rfc5737
const networks = ['192.0.2', '198.51.100', '203.0.113'];
const agents = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
  'ExampleBot/1.0 (+https://example.com/bot)',
];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The web shop's access log of some days, in the combined format. */
export function accessLog(): string {
  const random = seededRandom(6);
  let time = Date.UTC(2024, 9, 1);
  const lines = Array.from({ length: requests }, () => {
    time += random.integer(1, 400) * 1000;
    return `${logLine(new Date(time), random)}\n`;
  });
  return lines.join('');
}

function logLine(time: Date, random: Random): string {
  const host = `${random.pick(networks)}.${random.integer(1, 254)}`;
  const user = random.chance(0.1) ? `customer${random.integer(1, 400)}` : '-';
  const { method, path, status } = request(random);
  const bytes = status === 304 ? '-' : random.integer(200, 60_000);
  const referer = random.chance(0.5) ? 'https://shop.example.com/' : '-';
  return `${host} - ${user} [${logTime(time)}] "${method} ${path} HTTP/1.1" ${status} ${bytes} "${referer}" "${random.pick(agents)}"`;
}

function request(random: Random): { method: string; path: string; status: number } {
  if (random.chance(0.05)) return { method: 'POST', path: '/basket', status: random.chance(0.9) ? 201 : 500 };
  if (random.chance(0.05)) return { method: 'GET', path: '/old-page', status: 404 };
  const path = random.chance(0.3) ? '/' : `/products/${random.pick(products).id}`;
  return { method: 'GET', path, status: random.chance(0.15) ? 304 : 200 };
}

/** `01/Oct/2024:00:03:20 +0000` */
function logTime(time: Date): string {
  const [date = '', clock = ''] = time.toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${months[Number(month) - 1]}/${year}:${clock.slice(0, 8)} +0000`;
}
