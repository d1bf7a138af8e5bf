export { Database, db } from './database';
