import { expect, it } from 'vitest';
import { Rate } from './rate';

it('says nothing until there is something to go by', () => {
  const rate = new Rate();
  rate.add(0, 0);
  rate.add(400, 9);
  expect(rate.perSecond()).toBeUndefined();
  rate.add(1000, 20);
  expect(rate.perSecond()).toBe(20);
});

it('forgets what is long ago', () => {
  const rate = new Rate(5000);
  rate.add(0, 0);
  rate.add(10_000, 1000);
  rate.add(11_000, 1010);
  expect(rate.perSecond()).toBe(10);
});

it('begins anew with another upload', () => {
  const rate = new Rate();
  rate.add(0, 500);
  rate.add(1000, 0);
  rate.add(2000, 30);
  expect(rate.perSecond()).toBe(30);
});
