import { expect, test } from 'vitest'
import { deviceName } from './device.ts'

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
    'Chrome · Windows',
  ],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0', 'Edge · Windows'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605 Version/18 Safari/605', 'Safari · macOS'],
  ['Mozilla/5.0 (Linux; Android 15) Chrome/140.0 MicroMessenger/8.0', 'WeChat · Android'],
  ['something of their own', undefined],
  [null, undefined],
])('%s is called %s', (said, name) => {
  expect(deviceName(said)).toBe(name)
})
