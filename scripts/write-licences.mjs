/** The build's last step: writes the licences of all that is in the products. */
import { writeLicences } from './licences.mjs';

writeLicences();
