export { ReferenceGenerator, referenceMatrix } from './generator.js';
export {
  referencePowerMethod,
  type PowerMethodOptions,
  type PowerMethodResult,
} from './power-method.js';
