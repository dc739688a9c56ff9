import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberSigns, readNumber, writeNumber } from '../../src/base/number-text.js';

const ENGLISH = numberSigns('en');
const ANY = { whole: false };
const WHOLE = { whole: true };
const MS = { whole: false, unit: 'ms' } as const;

/** The number that a text is; null where it is refused. */
function read(text: string, locale = 'en', kind: Parameters<typeof readNumber>[1] = ANY) {
  const reading = readNumber(text, kind, numberSigns(locale));
  return reading.ok ? reading.value : null;
}

/** Why a text is refused, or how it was read. */
function said(text: string, locale: string, kind: Parameters<typeof readNumber>[1] = ANY) {
  const reading = readNumber(text, kind, numberSigns(locale));
  return reading.ok ? (reading.note?.clause ?? null) : reading.problem.clause;
}

describe('a number that means one thing', () => {
  it.each([
    ['12', 12],
    ['0.5', 0.5],
    ['0,5', 0.5],
    [',5', 0.5],
    ['.5', 0.5],
    ['5.', 5],
    ['5,', 5],
    ['-1', -1],
    ['+1', 1],
    ['0,125', 0.125],
    ['0.125', 0.125],
    ['1,25', 1.25],
    ['1234,567', 1234.567],
    ['1,234e-5', 1.234e-5],
    ['1.234e-5', 1.234e-5],
    ['1e-10', 1e-10],
    ['1E-10', 1e-10],
    ['1e+3', 1000],
    ['1 e -10', 1e-10],
    ['-0', 0],
  ])('is %s', (text, value) => {
    for (const locale of ['en', 'de', 'fr', 'de-CH', 'ar-EG', 'hi']) {
      expect(read(text, locale), locale).toBe(value);
    }
  });

  it.each(['−', '–', '—', '‐', '‑', '‒', '―', '﹣', '－', '˗', '➖'])(
    'has the minus %s',
    (minus) => {
      expect(read(`1e${minus}10`)).toBe(1e-10);
      expect(read(`${minus}5`)).toBe(-5);
      expect(read(`${minus} 5`)).toBe(-5);
      expect(read(`1×10^${minus}10`)).toBe(1e-10);
    },
  );

  it.each([
    '1×10^-10',
    '1 × 10^−10',
    '1×10⁻¹⁰',
    '1 × 10⁻¹⁰',
    '1,0 × 10⁻¹⁰',
    '1⋅10⁻¹⁰',
    '1·10^-10',
    '1x10^-10',
    '1 X 10^-10',
    '1*10**-10',
    '10⁻¹⁰',
    '10^-10',
    '10^−10',
    '10**-10',
    '10 ^ -10',
    '1⏨-10',
    '1Е-10',
    '١أس؜-١٠',
    '۱×۱۰^‎−۱۰',
    '１ｅ－１０',
    '0.0000000001',
    '0,0000000001',
    '1e\u221210',
  ])('has a power of ten: %s', (text) => {
    expect(read(text)).toBe(1e-10);
    expect(read(text, 'de')).toBe(1e-10);
  });

  it.each([
    ['1 000', 1000],
    ['1\u00a0000', 1000],
    ['1\u202f000', 1000],
    ['1\u2009000', 1000],
    ["1'000", 1000],
    ['1’000', 1000],
    ['1_000', 1000],
    ['1٬000', 1000],
    ['1 234 567,5', 1234567.5],
    ["1'234'567.5", 1234567.5],
    ['1,234.5', 1234.5],
    ['1.234,5', 1234.5],
    ['1,234,567', 1234567],
    ['1.234.567', 1234567],
    ['1.234.567,5', 1234567.5],
    ['1,234,567.5', 1234567.5],
    ['12,34,567', 1234567],
    ['1,23,45,678.5', 12345678.5],
    ['1 234,567', 1234.567],
    ['0.000_001', 0.000001],
  ])('has its thousands apart: %j', (text, value) => {
    for (const locale of ['en', 'de', 'fr', 'de-CH', 'sv', 'ar-EG', 'hi']) {
      expect(read(text, locale), locale).toBe(value);
    }
  });

  it.each([
    ['٠٫٥', 0.5],
    ['۰٫۵', 0.5],
    ['०.५', 0.5],
    ['০.৫', 0.5],
    ['０．５', 0.5],
    ['０，５', 0.5],
    ['0。5', 0.5],
    ['0、5', 0.5],
    ['0،5', 0.5],
    ['𝟎.𝟓', 0.5],
    ['௦.௫', 0.5],
  ])('is in digits of any script: %s', (text, value) => {
    expect(read(text)).toBe(value);
    expect(read(text, 'ar-EG')).toBe(value);
  });

  it.each([' 5 ', '\u00a05', '\u200e5\u200f', '\ufeff5', '\u20665\u2069', '\t5\n', '5\u200b'])(
    'has what is not seen around it: %j',
    (text) => {
      expect(read(text)).toBe(5);
    },
  );

  it('has every digit that there is', () => {
    const systems = Intl.supportedValuesOf('numberingSystem');
    const zeros = systems.flatMap((system) => {
      const text = new Intl.NumberFormat(`en-u-nu-${system}`, { useGrouping: false }).format(
        9876543210,
      );
      return /^\p{Nd}+$/u.test(text) ? [[system, text] as const] : [];
    });
    expect(zeros.length).toBeGreaterThan(60);
    for (const [system, text] of zeros) expect(read(text), system).toBe(9876543210);
  });
});

describe('a number with one sign before three digits', () => {
  it.each([
    ['1,234', 'en', 1234, 'read as 1234: the comma stands between thousands'],
    ['1.234', 'en', 1.234, null],
    ['1.234', 'de', 1234, 'read as 1234: the point stands between thousands'],
    ['1,234', 'de', 1.234, 'read as 1,234: the comma is the decimal sign'],
    ['1.234', 'es', 1234, 'read as 1234: the point stands between thousands'],
    ['1,234', 'fr', 1.234, 'read as 1,234: the comma is the decimal sign'],
    ['1.234', 'fr', 1.234, 'read as 1,234: the point is the decimal sign'],
    ['1.234', 'de-CH', 1.234, null],
    ['1,234', 'de-CH', null, 'which may mean 1.234 or 1234'],
    ['1,234', 'no tag@all', 1234, 'read as 1234: the comma stands between thousands'],
  ])('%s is for a reader of %s %s', (text, locale, value, words) => {
    expect(read(text, locale)).toBe(value);
    expect(said(text, locale)).toBe(words);
  });

  it('is refused where only whole numbers are taken and it would be a fraction', () => {
    expect(said('10,000', 'de', WHOLE)).toBe('which may mean 10 or 10000');
    expect(said('10.000', 'en', WHOLE)).toBe('which may mean 10 or 10000');
    expect(read('10,000', 'en', WHOLE)).toBe(10_000);
    expect(read('10.000', 'de', WHOLE)).toBe(10_000);
  });
});

describe('a unit', () => {
  it.each([
    ['5 ms', 5],
    ['5ms', 5],
    ['5 MS', 5],
    ['1.5 s', 1500],
    ['1,5 s', 1500],
    ['0.007 s', 7],
    ['100 µs', 0.1],
    ['100 μs', 0.1],
    ['100us', 0.1],
    ['250 000 ns', 0.25],
    ['５　ｍｓ', 5],
    ['1e-3 s', 1],
  ])('of time is converted: %s', (text, value) => {
    expect(read(text, 'en', MS)).toBe(value);
  });

  it('is converted to the field’s own', () => {
    expect(read('1.5 ms', 'en', { whole: false, unit: 'µs' })).toBe(1500);
    expect(read('10 µs', 'en', { whole: false, unit: 'µs' })).toBe(10);
  });

  it('is refused where there is none, or another', () => {
    expect(said('5 ms', 'en')).toBe('which has more in it than a number');
    expect(said('5 kg', 'en', MS)).toBe('whose unit is none of ns, µs, ms and s');
  });
});

describe('what is no number', () => {
  it.each([
    '',
    ' ',
    '\u200e',
    '.',
    ',',
    '-',
    '+',
    'e',
    '1e',
    '1e-',
    'e5',
    '--5',
    '5-',
    '(5)',
    '1.2.3',
    '1,2,3',
    '1,2.3.4',
    '1,23,4',
    '0,123,456',
    '1 2',
    '1 0000',
    '1__0',
    '_1',
    '1_',
    "1'0",
    "1''000",
    '1 000’000',
    '0x10',
    '0b1',
    '1e5e5',
    '1e1.5',
    '1×10',
    '1 × 10−10',
    '10−10',
    '110^2',
    '5²',
    '2^10',
    'NaN',
    'Infinity',
    '-Infinity',
    '∞',
    '1e999',
    '1e-999',
    '1e99999999999999999999999',
    '9007199254740993',
    '½',
    '5 %',
    '$5',
    '5..10',
    '1..2',
    '1/2',
    '1:30',
    'five',
    '五',
    '1e\u00ad10',
    '1\u202e01',
  ])('is refused in words: %j', (text) => {
    for (const locale of ['en', 'de', 'fr', 'ar-EG']) {
      const reading = readNumber(text, ANY, numberSigns(locale));
      expect(reading, locale).toMatchObject({ ok: false });
      expect(said(text, locale), locale).toMatch(/^(which|whose) \w+/);
    }
  });

  it.each([
    ['0x10', 'which is not written in decimal digits'],
    ['1 × 10−10', 'whose power of ten is not clear; write 1e-10'],
    ['1.2.3', 'whose signs between the digits make no number'],
    ['9007199254740993', 'which cannot be kept exactly'],
  ])('says why: %s', (text, words) => {
    expect(said(text, 'en')).toBe(words);
  });
});

const LOCALES =
  'en de de-CH de-AT fr fr-CH it es es-MX pt-PT pt-BR sv nb fi pl cs ru uk bg el he ar ar-EG fa ur ' +
  'hi mr bn ta th my ne zh ja ko tr vi id en-IN en-ZA hu lt sl eu ckb ps';

describe('any number', () => {
  const numbers = fc
    .tuple(fc.integer({ min: -20_000_000, max: 20_000_000 }), fc.integer({ min: -8, max: 8 }))
    .map(([digits, power]) => Number(`${digits}e${power}`));
  const locales = fc.constantFrom(...LOCALES.split(' '));

  it('is read as its own language writes it', () => {
    fc.assert(
      fc.property(numbers, locales, (value, locale) => {
        const format = { maximumFractionDigits: 20 } as const;
        const plain = new Intl.NumberFormat(locale, format).format(value);
        const science = new Intl.NumberFormat(locale, { ...format, notation: 'scientific' });
        expect(read(plain, locale), plain).toBe(value + 0);
        expect(read(science.format(value), locale), science.format(value)).toBe(value + 0);
      }),
    );
  });

  it('is read back from what a field shows', () => {
    fc.assert(
      fc.property(numbers, locales, (value, locale) => {
        expect(read(writeNumber(value, numberSigns(locale)), locale)).toBe(value + 0);
      }),
    );
  });

  it('is never read as another by leaving signs out', () => {
    const signs = fc.constantFrom(...Array.from(".,'_ -−e^×x٫٬5071⁻¹\u00a0"), '10');
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 8 }), locales, (all, locale) => {
        const value = read(all.join(''), locale);
        if (value === null) return;
        // Every digit is there, but for zeros at the ends and those of a power.
        const digits =
          all
            .join('')
            .split(/[e^×x]|10⁻|10¹/u)[0]
            ?.replace(/\D/gu, '') ?? '';
        const kept = digits.replace(/^0+|0+$/gu, '');
        const [mantissa = ''] = value.toExponential().split('e');
        const isPower = /10[⁻¹^]/u.test(all.join(''));
        if (!isPower) expect(mantissa.replace(/\D/gu, '').replace(/0+$/u, '')).toBe(kept);
      }),
    );
  });
});

it('is written with the decimal sign of the reader', () => {
  expect(writeNumber(0.5, ENGLISH)).toBe('0.5');
  expect(writeNumber(0.5, numberSigns('de'))).toBe('0,5');
  expect(writeNumber(1e-10, numberSigns('de'))).toBe('1e-10');
  expect(writeNumber(1_000_000, numberSigns('de'))).toBe('1000000');
});
