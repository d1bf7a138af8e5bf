import { seededRandom } from './random.ts';
import { csv, dayOf2024 } from './text.ts';

const firstNames = [
  'Amelia',
  'Chloé',
  'Daniel',
  'Efua',
  'Farid',
  'Grace',
  'Hélène',
  'Ivan',
  'Jörg',
  'Kenji',
  'Léa',
  'Noah',
];
const lastNames = [
  'Adams',
  'Bernard',
  'Chen',
  'Dubois',
  "O'Neill",
  'Fischer',
  'García',
  'Hughes',
  'Ito',
  'Khan',
  'Lefèvre',
];
const cities = ['London', 'Paris'];

interface Customer {
  customer_id: number;
  first_name: string;
  last_name: string;
  email: string;
  phone: string;
  city: string;
  signup_date: string;
  /** Missing for those who have no card. */
  loyalty_points: number | null;
}

/** How many there are: the first three hundred were entered in the shops, the rest signed up on the web. */
export const customerCount = 400;
const customers = makeCustomers();
const shopCustomers = 300;

function makeCustomers(): Customer[] {
  const random = seededRandom(2);
  return Array.from({ length: customerCount }, (_, index) => {
    const id = index + 1;
    return {
      customer_id: id,
      first_name: random.pick(firstNames),
      last_name: random.pick(lastNames),
      // A domain that nobody can own: https://www.rfc-editor.org/rfc/rfc2606
      email: `customer${id}@example.com`,
      // Numbers that nobody can have: https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama
      phone: `07700900${String(random.integer(0, 999)).padStart(3, '0')}`,
      city: random.pick(cities),
      signup_date: dayOf2024(random.integer(0, 300)),
      loyalty_points: random.chance(0.7) ? random.integer(0, 5000) : null,
    };
  });
}

export function customersCsv(): string {
  const header = Object.keys(customers[0] ?? {});
  const rows = customers.slice(0, shopCustomers).map((customer) => Object.values(customer).map((value) => value ?? ''));
  return csv([header, ...rows]);
}

export function customersNdjson(): string {
  return customers
    .slice(shopCustomers)
    .map((customer) => `${JSON.stringify(customer)}\n`)
    .join('');
}
